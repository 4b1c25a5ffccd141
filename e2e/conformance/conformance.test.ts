/**
 * The platform's minimal operations through the unmodified official SDK, against a real server with the demo
 * organisation. Prints what is implemented, what of it conforms and what is missing.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { extraOperations, minimalOperations } from "@inlay/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestInlay, type TestInlay } from "../support/inlay.ts";
import { markMissing, wronglyAnswered } from "./refusals.ts";
import { ConformanceRun, type OperationResult } from "./run.ts";
import { gatherPeople, type People } from "./scenario/people.ts";
import { playScenario } from "./scenario/scenario.ts";
import { pointSdkAt } from "./sdk.ts";
import { conformanceTable, operationName } from "./table.ts";

const required = new Set(
	JSON.parse(await readFile(new URL("required.json", import.meta.url), "utf8")) as readonly string[],
);
let inlay: TestInlay | undefined;
let people: People;
let minimal: OperationResult[];
let extra: OperationResult[];
let obstacles: readonly string[];

beforeAll(async () => {
	inlay = await startTestInlay({ flags: ["--may-call", "127.0.0.1:9"] });
	pointSdkAt(inlay.baseUrl);
	people = await gatherPeople(inlay.demo);
	const run = new ConformanceRun([...minimalOperations, ...extraOperations]);
	await markMissing(inlay.baseUrl, run.results.values());
	await playScenario(run, people, inlay.demo);
	obstacles = run.obstacles;
	const results = [...run.results.values()];
	minimal = results.filter((result) => minimalOperations.includes(result.operation));
	extra = results.filter((result) => extraOperations.includes(result.operation));
	await publish(`Minimal operations\n${conformanceTable(minimal)}\n\nBeyond the minimum\n${conformanceTable(extra)}\n`);
}, 300_000);

afterAll(async () => {
	await inlay?.stop();
}, 60_000);

test("every operation that exists conforms to the SDK's types", () => {
	const wrong = [...minimal, ...extra].filter((result) => result.state === "nonconforming");
	expect(wrong.map((result) => `${operationName(result)}: ${result.reasons.join("; ")}`)).toEqual([]);
});

test("nothing stood in the scenario's way", () => {
	expect(obstacles).toEqual([]);
});

test("the scenario drives every minimal operation that exists", () => {
	const left = minimal.filter((result) => result.state === "unreached");
	expect(left.map((result) => [operationName(result), ...result.reasons].join(": "))).toEqual([]);
});

test("every required operation exists", () => {
	const missing = minimal.filter((result) => result.state === "missing" && required.has(nameInList(result)));
	expect(missing.map(operationName)).toEqual([]);
});

test("required operations are minimal operations", () => {
	const known = new Set(minimal.map(nameInList));
	expect([...required].filter((name) => !known.has(name))).toEqual([]);
});

test("bad requests are refused with the platform's codes, and never with 500", async () => {
	if (!inlay) throw new Error("Inlay did not start.");
	expect(await wronglyAnswered(inlay.baseUrl, people, [...minimal, ...extra])).toEqual([]);
}, 300_000);

function nameInList({ operation }: OperationResult): string {
	return `${operation.method} ${operation.path}`;
}

async function publish(table: string): Promise<void> {
	console.log(table);
	const folder = new URL("../results/", import.meta.url);
	await mkdir(folder, { recursive: true });
	await writeFile(new URL("conformance.txt", folder), table);
}
