// SPDX-License-Identifier: MIT
/**
 * Tests name the module as if it lay beside them ("./clock", "clock.mjs"): what isn't there is looked for where the
 * stand-in is. These functions run in the thread of Node's hooks.
 */
let at;

/** Whether what a file asks for may be the module: its last part is the module's name, with or without its ending. */
export function isMeant(specifier, file) {
	const plain = (name) => name.replace(/\.[cm]?js$/, "");
	return plain(specifier.split("/").at(-1)) === plain(file.split("/").at(-1));
}

export function initialize(file) {
	at = file;
}

export async function resolve(specifier, context, next) {
	try {
		return await next(specifier, context);
	} catch (error) {
		if (!isMeant(specifier, at))
			throw error;
		return next(`file://${at}`, context);
	}
}
