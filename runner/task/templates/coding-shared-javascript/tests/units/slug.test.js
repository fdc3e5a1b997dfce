// Unit tests load the candidate's code, which then runs in this very process: it could forge what is reported here. Every
// page of a result says so. Where that matters, test against a program or a service instead.
const assert = require("node:assert/strict");
const test = require("node:test");
const { slug } = require("/work/slug.js");

test("words are joined by a hyphen", () => assert.equal(slug("Hello World 2"), "hello-world-2"));

test("many other characters become one hyphen", () => assert.equal(slug("one -- _ & two"), "one-two"));

test("no hyphen stands at either end", () => assert.equal(slug("  say hi!  "), "say-hi"));

test("punctuation alone gives nothing", () => assert.equal(slug("?!"), ""));
