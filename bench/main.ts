/**
 * `npm run bench`: measures, and prints one table. Timings never fail it; budgets on bytes fail the build instead.
 * Names choose what is measured: `npm run bench -- api media`.
 */

import { cpus, loadavg } from "node:os";
import { type Bench, chooseBenches } from "./benches.ts";
import { notMeasured, type Row, reasonOf } from "./support/row.ts";
import { formatTable } from "./support/table.ts";

const say = (text: string) => console.error(text);

async function rowsOf(bench: Bench): Promise<Row[]> {
	const startedAt = performance.now();
	say(`● ${bench.title} (${bench.name})`);
	try {
		const run = await bench.load();
		const rows = await run((text) => say(`    ${text}`));
		say(`    done in ${Math.round((performance.now() - startedAt) / 1000)} s`);
		// At once: what comes later may end the whole run.
		for (const line of formatTable(rows).split("\n")) say(`    ${line}`);
		return rows;
	} catch (error) {
		say(`    could not run: ${error instanceof Error ? error.stack : error}`);
		return [notMeasured(bench.title, reasonOf(error))];
	}
}

function machine(): string {
	const load = loadavg().map((value) => value.toFixed(1));
	return `${cpus().length} × ${cpus()[0]?.model ?? "unknown CPU"}, Node ${process.version}, load average ${load.join(" ")}`;
}

try {
	const chosen = chooseBenches(process.argv.slice(2));
	const before = machine();
	const rows: Row[] = [];
	for (const bench of chosen) rows.push(...(await rowsOf(bench)));
	console.log(`\n${formatTable(rows)}\n\nBefore: ${before}\nAfter:  ${machine()}`);
	process.exit(0);
} catch (error) {
	say(error instanceof Error ? error.message : String(error));
	process.exit(2);
}
