// SPDX-License-Identifier: MIT
/*
 * Lists, since the names are to be the same on every machine whatever is installed there. Python's are those of 3.9 to
 * 3.14 together, without what no test runner and hardly a test would load (a folder of tests is called "test" by many).
 */
#include "task/shadow.h"

#include <stddef.h>
#include <string.h>

static const char *const python_modules[] = {
	/* the library's own */
	"__future__", "_abc", "_apple_support", "_ast", "_asyncio", "_bisect", "_blake2", "_bootsubprocess", "_bz2",
	"_codecs", "_codecs_cn", "_codecs_hk", "_codecs_iso2022", "_codecs_jp", "_codecs_kr", "_codecs_tw",
	"_collections", "_collections_abc", "_colorize", "_compat_pickle", "_compression", "_contextvars", "_crypt",
	"_csv", "_ctypes", "_curses", "_curses_panel", "_datetime", "_dbm", "_decimal", "_elementtree",
	"_frozen_importlib", "_frozen_importlib_external", "_functools", "_gdbm", "_hashlib", "_heapq", "_hmac",
	"_imp", "_interpreters", "_io", "_ios_support", "_json", "_locale", "_lsprof", "_lzma", "_markupbase",
	"_md5", "_multibytecodec", "_multiprocessing", "_opcode", "_opcode_metadata", "_operator", "_pickle",
	"_posixshmem", "_posixsubprocess", "_py_abc", "_py_warnings", "_pydecimal", "_pyio", "_pylong", "_pyrepl",
	"_queue", "_random", "_remote_debugging", "_sha1", "_sha2", "_sha256", "_sha3", "_sha512", "_signal",
	"_sitebuiltins", "_socket", "_sqlite3", "_sre", "_ssl", "_stat", "_statistics", "_string", "_strptime",
	"_struct", "_suggestions", "_symtable", "_sysconfig", "_testcapi", "_thread", "_threading_local",
	"_tokenize", "_tracemalloc", "_types", "_typing", "_uuid", "_warnings", "_weakref", "_weakrefset",
	"_zoneinfo", "_zstd", "abc", "aifc", "annotationlib", "argparse", "array", "ast", "asynchat", "asyncio",
	"asyncore", "atexit", "audioop", "base64", "bdb", "binascii", "bisect", "builtins", "bz2", "cProfile",
	"calendar", "cgi", "cgitb", "chunk", "cmath", "cmd", "code", "codecs", "codeop", "collections", "colorsys",
	"compileall", "compression", "concurrent", "configparser", "contextlib", "contextvars", "copy", "copyreg",
	"crypt", "csv", "ctypes", "curses", "dataclasses", "datetime", "dbm", "decimal", "difflib", "dis",
	"distutils", "doctest", "email", "encodings", "ensurepip", "enum", "errno", "faulthandler", "fcntl",
	"filecmp", "fileinput", "fnmatch", "fractions", "ftplib", "functools", "gc", "genericpath", "getopt",
	"getpass", "gettext", "glob", "graphlib", "grp", "gzip", "hashlib", "heapq", "hmac", "html", "http",
	"imaplib", "imghdr", "imp", "importlib", "inspect", "io", "ipaddress", "itertools", "json", "keyword",
	"linecache", "locale", "logging", "lzma", "mailbox", "mailcap", "marshal", "math", "mimetypes", "mmap",
	"modulefinder", "multiprocessing", "netrc", "nis", "nntplib", "ntpath", "numbers", "opcode", "operator",
	"optparse", "os", "pathlib", "pdb", "pickle", "pickletools", "pipes", "pkgutil", "platform", "plistlib",
	"poplib", "posix", "posixpath", "pprint", "profile", "pstats", "pty", "pwd", "py_compile", "pyclbr",
	"pydoc", "pyexpat", "queue", "quopri", "random", "re", "readline", "reprlib", "resource", "rlcompleter",
	"runpy", "sched", "secrets", "select", "selectors", "shelve", "shlex", "shutil", "signal", "site", "smtpd",
	"smtplib", "sndhdr", "socket", "socketserver", "spwd", "sqlite3", "sre_compile", "sre_constants",
	"sre_parse", "ssl", "stat", "statistics", "string", "stringprep", "struct", "subprocess", "sunau",
	"symtable", "sys", "sysconfig", "syslog", "tabnanny", "tarfile", "telnetlib", "tempfile", "termios",
	"textwrap", "threading", "time", "timeit", "token", "tokenize", "tomllib", "trace", "traceback",
	"tracemalloc", "tty", "types", "typing", "unicodedata", "unittest", "urllib", "uu", "uuid", "venv",
	"warnings", "wave", "weakref", "webbrowser", "wsgiref", "xdrlib", "xml", "xmlrpc", "zipapp", "zipfile",
	"zipimport", "zlib", "zoneinfo",
	/* what the library asks for on other systems, and takes if it is there */
	"_overlapped", "_scproxy", "_winapi", "_wmi", "msvcrt", "nt", "winreg",
	/* test runners and what they load */
	"_distutils_hack", "_hypothesis_globals", "_hypothesis_pytestplugin", "_pytest", "_virtualenv", "anyio",
	"apport_python_hook", "attr", "attrs", "colorama", "coverage", "exceptiongroup", "execnet", "hypothesis",
	"idna", "importlib_metadata", "iniconfig", "lsb_release", "mock", "nose", "nose2", "packaging",
	"parameterized", "pkg_resources", "pluggy", "py", "pycotap", "pygments", "pytest", "pytest_asyncio",
	"pytest_benchmark", "pytest_cov", "pytest_forked", "pytest_html", "pytest_httpx", "pytest_jsonreport",
	"pytest_metadata", "pytest_mock", "pytest_order", "pytest_randomly", "pytest_rerunfailures",
	"pytest_subtests", "pytest_tap", "pytest_timeout", "setuptools", "sniffio", "subunit",
	"tap", "testtools", "tomli", "tomli_w", "typeguard", "typing_extensions", "xdist", "xmlrunner",
	"zipp",
	NULL,
};

static const char *const headers[] = {
	/* C and POSIX */
	"assert.h", "complex.h", "ctype.h", "errno.h", "fenv.h", "float.h", "inttypes.h", "iso646.h", "limits.h",
	"locale.h", "math.h", "setjmp.h", "signal.h", "stdalign.h", "stdarg.h", "stdatomic.h", "stdbool.h",
	"stddef.h", "stdint.h", "stdio.h", "stdlib.h", "stdnoreturn.h", "string.h", "tgmath.h", "threads.h",
	"time.h", "uchar.h", "wchar.h", "wctype.h", "alloca.h", "dirent.h", "dlfcn.h", "endian.h", "err.h",
	"error.h", "features.h", "fcntl.h", "getopt.h", "malloc.h", "memory.h", "poll.h", "pthread.h", "sched.h",
	"semaphore.h", "strings.h", "unistd.h",
	/* C++ has them without an ending */
	"algorithm", "any", "array", "atomic", "bit", "bitset", "cassert", "cctype", "cerrno", "cfloat", "chrono",
	"cinttypes", "climits", "clocale", "cmath", "codecvt", "compare", "complex", "concepts",
	"condition_variable", "coroutine", "csetjmp", "csignal", "cstdarg", "cstdbool", "cstddef", "cstdint",
	"cstdio", "cstdlib", "cstring", "ctime", "deque", "exception", "execution", "filesystem", "format",
	"forward_list", "fstream", "functional", "future", "initializer_list", "iomanip", "ios", "iosfwd",
	"iostream", "istream", "iterator", "limits", "list", "locale", "map", "memory", "mutex", "new", "numbers",
	"numeric", "optional", "ostream", "queue", "random", "ranges", "ratio", "regex", "set", "shared_mutex",
	"source_location", "span", "sstream", "stack", "stdexcept", "streambuf", "string", "string_view",
	"system_error", "thread", "tuple", "type_traits", "typeindex", "typeinfo", "unordered_map", "unordered_set",
	"utility", "valarray", "variant", "vector",
	/* test runners */
	"unity.h", "unity.c", "unity_internals.h", "unity_config.h", "unity_fixture.h", "unity_memory.h",
	"catch.hpp", "catch_all.hpp", "catch_amalgamated.hpp", "catch_amalgamated.cpp", "catch_test_macros.hpp",
	"doctest.h", "cmocka.h", "munit.h", "munit.c", "minunit.h", "greatest.h", "acutest.h", "utest.h", "gtest.h",
	"gmock.h", "criterion.h", "CUnit.h", "tap.h",
	NULL,
};

/* Folders that are packages of Java's test runners, wherever a class path begins. */
static const char *const packages[] = {
	"java/", "javax/", "jdk/", "junit/framework/", "junit/runner/", "org/junit/", "org/hamcrest/", "org/opentest4j/",
	"org/apiguardian/", "org/testng/", "org/mockito/", NULL,
};

static bool is_among(const char *const *list, const char *name, size_t length)
{
	for (size_t i = 0; list[i]; i++)
		if (strlen(list[i]) == length && memcmp(list[i], name, length) == 0)
			return true;
	return false;
}

/* "x.py", "x.so", "x.abi3.so", "x.cpython-311-x86_64-linux-gnu.so", "x.pyc": what Python imports as x. */
static bool is_importable(const char *name, const char *wanted, size_t length)
{
	static const char *const endings[] = { ".py", ".pyc", ".so", NULL };
	size_t whole = strlen(name);

	if (strncmp(name, wanted, length) != 0 || name[length] != '.')
		return false;
	for (size_t i = 0; endings[i]; i++) {
		size_t ending = strlen(endings[i]);

		if (whole >= length + ending && strcmp(name + whole - ending, endings[i]) == 0)
			return true;
	}
	return false;
}

/* A folder without an __init__ gives way to a module of the same name that comes later. */
static bool shadows_python(const char *path)
{
	size_t length = strcspn(path, "./");

	if (!is_among(python_modules, path, length))
		return false;
	if (path[length] == '/')
		return is_importable(path + length + 1, "__init__", strlen("__init__"));
	return path[length] == '.' && !strchr(path, '/') && is_importable(path, path, length);
}

static bool shadows_java(const char *path)
{
	for (size_t i = 0; packages[i]; i++) {
		const char *at = strstr(path, packages[i]);

		if (at && (at == path || at[-1] == '/'))
			return true;
	}
	return false;
}

bool shadow_is(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

	return shadows_python(path) || shadows_java(path) || is_among(headers, name, strlen(name));
}
