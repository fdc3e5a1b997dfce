# SPDX-License-Identifier: MIT
# Prints C files as FILE:LINE:CODE, with comments left out and the texts of strings emptied: so that what is
# searched for is found in code alone, and wherever it stands in a line.
FNR == 1 { inside = 0 }
{
	code = ""
	text = $0
	while (text != "") {
		if (inside) {
			end = index(text, "*/")
			if (!end)
				break
			text = substr(text, end + 2)
			inside = 0
		} else if (match(text, /^"([^"\\]|\\.)*"/)) {
			code = code "\"\""
			text = substr(text, RLENGTH + 1)
		} else if (match(text, /^'([^'\\]|\\.)+'/)) {
			code = code "' '"
			text = substr(text, RLENGTH + 1)
		} else if (substr(text, 1, 2) == "//") {
			break
		} else if (substr(text, 1, 2) == "/*") {
			inside = 1
			text = substr(text, 3)
		} else {
			code = code substr(text, 1, 1)
			text = substr(text, 2)
		}
	}
	print FILENAME ":" FNR ":" code
}
