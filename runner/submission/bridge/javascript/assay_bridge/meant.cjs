// SPDX-License-Identifier: MIT
"use strict";
/** Tests name the module as if it lay beside them ("./clock", "clock.mjs"). */

/** Whether what a file asks for may be the module: its last part is the module's name, with or without its ending. */
function isMeant(specifier, file) {
	const plain = (name) => name.replace(/\.[cm]?js$/, "");
	return plain(specifier.split("/").at(-1)) === plain(file.split("/").at(-1));
}

module.exports = { isMeant };
