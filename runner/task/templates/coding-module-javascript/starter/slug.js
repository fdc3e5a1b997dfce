// Give the string that stands for the text in an address.
function slug(text) {
	return text;
}

module.exports = { slug };
