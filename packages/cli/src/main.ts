#!/usr/bin/env node
import { keepCompiled } from "./compiled.ts";

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
