import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const globalSetup = "packages/core/src/test-support/global-setup.ts";
const never = ["**/node_modules/**", "**/dist/**"];
const inBrowser = "packages/*/src/**/*.browser.test.{ts,tsx}";
/** Every catalogue that is declared: beside the tests of panel and console together, those of both. */
const ofLanguages = "packages/*/src/languages/languages.test.ts";

const common = {
	pool: "forks",
	testTimeout: 30_000,
	hookTimeout: 60_000,
	restoreMocks: true,
} as const;

export default defineConfig({
	test: {
		globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
		// Tests in browsers wait most of their time: one more than there are processors.
		maxWorkers: Math.max(2, availableParallelism()) + 1,
		projects: [
			{
				test: {
					...common,
					name: "packages",
					include: ["packages/*/src/**/*.test.{ts,tsx}"],
					exclude: [...never, inBrowser, ofLanguages],
					// Hundreds of small files: reading the same modules for each took longer than the tests.
					isolate: false,
				},
			},
			{
				test: {
					...common,
					name: "whole",
					include: [inBrowser, ofLanguages, "{e2e,demo,bench}/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"],
					exclude: never,
				},
			},
		],
	},
});
