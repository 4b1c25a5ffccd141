import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { patienceMs } from "./scripts/testing/patience-ms.ts";

const globalSetup = "packages/core/src/test-support/global-setup.ts";
const never = ["**/node_modules/**", "**/dist/**"];
const inBrowser = "packages/*/src/**/*.browser.test.{ts,tsx}";
/** What takes minutes: walks every case of what another test proves by one. `npm test -- --long` has them as well. */
const long = "**/*.long.test.{ts,tsx}";
/** Every catalogue that is declared: beside the tests of panel and console together, those of both. */
const ofLanguages = "packages/*/src/languages/languages.test.ts";

const common = {
	pool: "forks",
	// These only end what hangs: a test that waits for a condition says itself in what it waited in vain.
	testTimeout: 60_000,
	hookTimeout: 120_000,
	restoreMocks: true,
	setupFiles: ["scripts/testing/patience.ts"],
	expect: { poll: { timeout: patienceMs } },
} as const;

export default defineConfig({
	test: {
		globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
		// Each of those in browsers brings a server and two browsers: a third at once saved a tenth of the time, and left calls
		// without processor for as long as they wait.
		maxWorkers: 2,
		projects: [
			{
				test: {
					...common,
					name: "packages",
					include: ["packages/*/src/**/*.test.{ts,tsx}"],
					exclude: [...never, inBrowser, ofLanguages, long],
					// Hundreds of small files: reading the same modules for each took longer than the tests.
					isolate: false,
				},
			},
			{
				test: {
					...common,
					name: "whole",
					include: [inBrowser, ofLanguages, "{e2e,demo,bench}/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"],
					exclude: [...never, long],
				},
			},
			{ test: { ...common, name: "long", include: [long], exclude: never } },
		],
	},
});
