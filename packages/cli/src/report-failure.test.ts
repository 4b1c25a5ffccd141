import { StartError } from "@inlay/core/config/start-error";
import { expect, test } from "vitest";
import { describeFailure } from "./report-failure.ts";

test("a failure at start keeps its sentence and exit code", () => {
	const failure = new StartError("data.inUse", "Somebody is there.");
	expect(describeFailure(failure)).toMatchObject({ sentence: "Somebody is there.", exitCode: 13 });
});

test("a port that the system refuses is named", () => {
	const failure = Object.assign(new Error("listen EADDRINUSE"), { code: "EADDRINUSE", port: 8080 });
	expect(describeFailure(failure)).toMatchObject({ sentence: expect.stringContaining("Port 8080"), exitCode: 11 });
});

test("a defect is told in one line, without a stack", () => {
	const { sentence, exitCode } = describeFailure(new TypeError("x is not a function"));
	expect(sentence).toContain("x is not a function");
	expect(sentence).not.toContain("\n");
	expect(exitCode).toBe(70);
});

test("a file that the system refuses is named, and is no defect", () => {
	const failure = Object.assign(new Error("EISDIR: illegal operation"), {
		code: "EISDIR",
		path: "/srv/data/demo.json",
	});
	expect(describeFailure(failure)).toMatchObject({
		sentence: expect.stringContaining("/srv/data/demo.json"),
		exitCode: 12,
	});
});
