/**
 * What the client weighs before the sign-in can be used, from its build, and how long that takes in Chromium: from the
 * panel's address to the password field that can be typed in, with an empty cache each time.
 */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { shellAndHeaviest, type Weight } from "@inlay/ui/budget";
import type { Browser } from "playwright-core";
import { startTestInlay, type TestInlay } from "../e2e/support/inlay.ts";
import { launchChromium } from "../scripts/testing/chromium.ts";
import type { Progress } from "./benches.ts";
import { notMeasured, percentileRows, type Row, rowsOrWhyNot } from "./support/row.ts";

const TIMES = 10;
const USABLE_MS = 300;
const dist = (file: string) => fileURLToPath(new URL(`../packages/client/dist/${file}`, import.meta.url));

/** Takes about 15 seconds. */
export async function benchShell(progress: Progress): Promise<Row[]> {
	return [
		...(await weights()),
		...(await rowsOrWhyNot("time to usable sign-in in Chromium", () => usableSignIn(progress))),
	];
}

async function weights(): Promise<Row[]> {
	const { shell, lazy } = shellAndHeaviest(JSON.parse(await readFile(dist("budget.json"), "utf8")) as Weight[]);
	const page = gzipSync(await readFile(dist("index.html")), { level: 9 }).length / 1000;
	const unit = "kB gzip";
	return [
		{
			what: "client shell until sign-in: page, scripts, styles",
			measured: page + shell.kilobytes,
			unit,
			budget: { atMost: shell.limit },
		},
		{
			what: `largest lazy chunk (${shortName(lazy.name)})`,
			measured: lazy.kilobytes,
			unit,
			budget: { atMost: lazy.limit },
		},
		notMeasured("loader script in a CRM page", "none is needed: a CRM embeds the panel by its address"),
	];
}

/** `assets/call-log-view-Ch8Vui5m.js` → `call-log-view`. */
function shortName(file: string): string {
	return file.replace(/^assets\//, "").replace(/-[\w-]{8}\.js$/, "");
}

async function usableSignIn(progress: Progress): Promise<Row[]> {
	const inlay = await startTestInlay({ env: { INLAY_RATE_LIMIT: "0" } });
	try {
		const browser = await launchChromium();
		try {
			progress(`${TIMES} visits of the panel in Chromium`);
			const samples: number[] = [];
			for (let i = 0; i <= TIMES; i++) samples.push(await visit(browser, inlay));
			// The first visit also warms up the browser's own processes.
			return percentileRows("time to usable sign-in in Chromium", samples.slice(1), {
				p50: { atMost: USABLE_MS },
				p95: undefined,
			});
		} finally {
			await browser.close();
		}
	} finally {
		await inlay.stop();
	}
}

async function visit(browser: Browser, { demo }: TestInlay): Promise<number> {
	const context = await browser.newContext();
	const page = await context.newPage();
	const startedAt = performance.now();
	await page.goto(demo.deployment.url, { waitUntil: "commit" });
	await page.waitForSelector('input[type="password"]:enabled', { state: "visible" });
	const took = performance.now() - startedAt;
	await context.close();
	return took;
}
