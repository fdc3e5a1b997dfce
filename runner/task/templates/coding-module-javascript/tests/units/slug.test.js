// Unit tests as they are always written, but the candidate's code isn't in this process: what is required is a stand-in, each
// call goes to another box, and what comes back is plain data. tests/profile.json holds which kinds of values the accepted
// solutions gave; `assay task pin` writes it.
const assert = require("node:assert/strict");
const test = require("node:test");
const { slug } = require("./slug.js");

test("words are joined by a hyphen", () => assert.equal(slug("Hello World 2"), "hello-world-2"));

test("many other characters become one hyphen", () => assert.equal(slug("one -- _ & two"), "one-two"));

test("no hyphen stands at either end", () => assert.equal(slug("  say hi!  "), "say-hi"));

test("punctuation alone gives nothing", () => assert.equal(slug("?!"), ""));
