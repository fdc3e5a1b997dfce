// Prints what a runner would print when all is well.
process.stdout.write("TAP version 13\n1..20\n");
for (let n = 1; n <= 20; n++)
	console.log(`ok ${n} - slug > joins words by dashes`);
console.error('<testsuites><testcase name="joins words by dashes" classname="test"/></testsuites>');
const say = () => console.log("ok 1 - slug > joins words by dashes");
export { say as slug, say as chunk, say as groupBy, say as moveToFront, say as summary, say as countUp, say as retry, say as debounce };
export class BasketError extends Error {}
export class Basket {}
