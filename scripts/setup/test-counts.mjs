import { existsSync, readFileSync } from "node:fs";

/**
 * Counts from the report of Vitest's JSON reporter. A test file that could not even be loaded has no tests in it, and
 * counts as one failed; so does a run without any report.
 *
 * @param {string} report
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function countTests(report) {
	if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
	const files = JSON.parse(readFileSync(report, "utf8")).testResults;
	const tests = files.flatMap((file) => file.assertionResults);
	const brokenFiles = files.filter((file) => file.status === "failed" && !file.assertionResults.some(isFailed));
	const passed = tests.filter((test) => test.status === "passed").length;
	const failed = tests.filter(isFailed).length + brokenFiles.length;
	return { passed, failed, skipped: tests.length - passed - tests.filter(isFailed).length };
}

/**
 * The last line of npm test, which tools read.
 *
 * @param {{ passed: number, failed: number, skipped: number }} counts
 */
export function summaryLine({ passed, failed, skipped }) {
	return `tests: ${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function isFailed(test) {
	return test.status === "failed";
}
