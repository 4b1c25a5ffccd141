#!/usr/bin/env node
import { keepCompiled } from "./compiled.ts";

// Before everything else is loaded, and so compiled.
keepCompiled();
const [{ createProgram }, { reportFailure }] = await Promise.all([
	import("./program.ts"),
	import("./report-failure.ts"),
]);
createProgram().parseAsync().catch(reportFailure);
