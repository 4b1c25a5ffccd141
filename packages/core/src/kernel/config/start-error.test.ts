import { expect, test } from "vitest";
import { databaseSlow, databaseUnreachable, exitCodes, notUsable, portTaken } from "./start-error.ts";

test("every kind of failure has an exit code of its own", () => {
	const codes = Object.values(exitCodes);
	expect(new Set(codes).size).toBe(codes.length);
	expect(codes.every((code) => code > 2 && code < 126)).toBe(true);
});

test("an unreachable database is described without its user and password", () => {
	const cause = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
	const error = databaseUnreachable("postgres://someone:secret@db.example:5433/calls", cause);
	expect(error.sentence).toContain("db.example:5433/calls cannot be reached (ECONNREFUSED)");
	expect(error.sentence).not.toMatch(/someone|secret/);
	expect(error.exitCode).toBe(exitCodes["database.unreachable"]);
});

test("a taken port is named with its purpose", () => {
	expect(portTaken(8081, "the demo CRM").sentence).toContain("Port 8081, which the demo CRM needs");
});

test("a full disk was answered with a word about rights", () => {
	const { sentence } = notUsable("/srv/data", Object.assign(new Error("x"), { code: "ENOSPC" }));
	expect(sentence).toContain("no space left");
	expect(sentence).not.toContain("right to write");
});

test("a wrong --database-url was answered with the variable's name alone", () => {
	expect(databaseUnreachable("postgres://db/x", new Error("x")).sentence).toContain("--database-url");
});

test("a database that was slow at the start was called a defect of Inlay", () => {
	const { sentence, exitCode } = databaseSlow(new Error("timeout expired"));
	expect([sentence, exitCode]).toEqual([expect.stringContaining("(timeout expired)"), exitCodes["database.slow"]]);
	expect(sentence).toContain("start Inlay again");
});
