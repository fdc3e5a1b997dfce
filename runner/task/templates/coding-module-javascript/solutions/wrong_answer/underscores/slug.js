// wrong_answer: runs well and earns nothing.
function slug(text) {
	return text.toLowerCase().replace(/[^a-z0-9]/g, "_");
}

module.exports = { slug };
