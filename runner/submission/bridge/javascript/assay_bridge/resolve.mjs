// SPDX-License-Identifier: MIT
/** What isn't where a test looks for the module is looked for where the stand-in is. Runs in the thread of Node's hooks. */
import { isMeant } from "./meant.cjs";

let at;

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
