// npm test: what must hold before a change lands. Words behind it go to Vitest: npm test -- packages/core
// npm test -- --long: the tests that take minutes as well (*.long.test.ts), and longer walks of the models.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { overBudgets } from "./budgets.mjs";
import { buildBundles } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { ensureFirefox } from "./firefox.mjs";
import { handOver } from "./setup/run.mjs";
import { fail } from "./setup/step.mjs";
import { countTests, summaryLine } from "./setup/test-counts.mjs";
import { prepare, workspace } from "./setup.mjs";

/** Whoever names such a file wants it. */
const isLong = process.argv.slice(2).some((word) => word === "--long" || word.includes(".long."));
const words = process.argv.slice(2).filter((word) => word !== "--long");
/** More of the two tests that play random days (CONTRIBUTING.md). */
const longWalks = { INLAY_MODEL_STEPS: "300000", INLAY_MODEL_DATABASE_STEPS: "6000" };

/** The checks in their order, each a program of node_modules run by the chosen Node; the quick ones come first. */
function checksFor(report) {
	return [
		{ title: "Format and lint, dependency direction (Biome)", command: ["@biomejs/biome/bin/biome", "check"] },
		{ title: "Types (TypeScript)", command: ["typescript/bin/tsc", "--noEmit", "-p", workspace] },
		{ title: "Dead exports and dependencies (knip)", command: ["knip/bin/knip.js", "--no-progress"] },
		{
			title: "Tests (Vitest)",
			command: [
				"vitest/vitest.mjs",
				"run",
				"--reporter=default",
				"--reporter=json",
				`--outputFile.json=${report}`,
				...(isLong || words.some((word) => word.startsWith("--project")) ? [] : ["--project=!long"]),
				...words,
			],
		},
	];
}

async function main() {
	const node = await prepare();
	await buildBundles(workspace, node);
	const chromium = await ensureChromium(workspace);
	const folder = mkdtempSync(join(tmpdir(), "inlay-report-"));
	const report = join(folder, "vitest.json");
	const env = {
		...(isLong ? longWalks : {}),
		...process.env,
		INLAY_CHROMIUM: chromium,
		...(isLong ? { INLAY_FIREFOX: await ensureFirefox(workspace) } : {}),
		// Hundreds of processes load the same code, which takes half the time once one of them has compiled it.
		NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(folder, "compiled"),
	};
	let failed = checkBudgets() ? 0 : 1;
	for (const check of checksFor(report)) failed += (await runCheck(node, check, env)) ? 0 : 1;
	const counts = countTests(report);
	rmSync(folder, { recursive: true, force: true });
	process.stdout.write(`${summaryLine(counts)}\n`);
	process.exitCode = failed > 0 || counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

/** Said at once, and once more by the exit code: the other checks are worth having all the same. */
function checkBudgets() {
	console.log("\n== Budgets of what browsers load");
	const heavy = overBudgets(workspace);
	console.log(heavy.length === 0 ? "== Budgets: passed" : `== Budgets: FAILED\n${heavy.join("\n")}`);
	return heavy.length === 0;
}

async function runCheck(node, { title, command: [program, ...args] }, env) {
	console.log(`\n== ${title}`);
	const begun = Date.now();
	const code = await handOver(node, [join(workspace, "node_modules", program), ...args], { cwd: workspace, env });
	const seconds = ((Date.now() - begun) / 1000).toFixed(1);
	console.log(`== ${title}: ${code === 0 ? "passed" : `FAILED (exit code ${code})`} in ${seconds} s`);
	return code === 0;
}

main().catch(fail);
