#!/usr/bin/env node
import { keepCompiled } from "./compiled.ts";
import { nodeTooOld } from "./node-version.ts";

// Before anything is loaded that an older Node does not know; what stands above this has nothing newer than Node 18.
const tooOld = nodeTooOld(process.versions.node);
if (tooOld) {
	console.error(tooOld);
	// As a setting that does not do (`config.invalid`): the list of exit codes is not loaded yet.
	process.exit(10);
}

// Before everything else is loaded, and so compiled.
keepCompiled();
const [{ createProgram }, { reportFailure }] = await Promise.all([
	import("./program.ts"),
	import("./report-failure.ts"),
]);
// Whoever reads what a command says may have read enough, as `head` has: that ends no command.
for (const stream of [process.stdout, process.stderr])
	stream.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code !== "EPIPE") throw error;
	});
createProgram().parseAsync().catch(reportFailure);
