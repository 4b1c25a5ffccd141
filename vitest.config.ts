import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

const globalSetup = "packages/core/src/test-support/global-setup.ts";

export default defineConfig({
	test: {
		include: ["packages/*/src/**/*.test.{ts,tsx}", "{e2e,demo,bench}/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"],
		exclude: ["**/node_modules/**", "**/dist/**"],
		globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
		pool: "forks",
		maxWorkers: 2,
		testTimeout: 30_000,
		hookTimeout: 60_000,
		restoreMocks: true,
	},
});
