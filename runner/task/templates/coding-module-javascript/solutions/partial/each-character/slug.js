// partial: a mistake that people make. Each character becomes a hyphen of its own; expect.json says which tests must notice.
function slug(text) {
	return text.toLowerCase().replace(/[^a-z0-9]/g, "-");
}

module.exports = { slug };
