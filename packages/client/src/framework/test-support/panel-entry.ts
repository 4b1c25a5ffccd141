/** A panel without a face, for the browser test: the runtime with recording ports, driven through `window.panel`. */
import type { DeskPort } from "../ports.ts";
import type { FrameworkRuntime } from "../runtime.ts";
import { createFrameworkRuntime } from "../runtime.ts";
import { frameworkScriptUrl } from "../script/script-url.ts";
import { fakeDesk } from "./fake-desk.ts";
import type { FakePorts } from "./fake-ports.ts";
import { fakePorts } from "./fake-ports.ts";
import { AGENT_ID, inboundCall } from "./sample-call.ts";

export interface TestPanel {
	runtime: FrameworkRuntime;
	ports: FakePorts;
	agentId: string;
	desk: DeskPort;
	inboundCall: typeof inboundCall;
	/** Settles when the script's configuration has been read. */
	started: Promise<unknown>;
}

const ports = fakePorts();
const asked = new URLSearchParams(window.location.search);
const timeouts = {
	late: 50,
	language: 50,
	contactSearch: Number(asked.get("contactSearch")),
	notes: 10,
	callLog: 50,
	callLogRecord: 50,
};
const runtime = createFrameworkRuntime({ window, ...ports, timeouts });
const script = asked.get("script");
const url = frameworkScriptUrl(window.location.search, `/scripts/${script}.js`);
const panel: TestPanel = {
	runtime,
	ports,
	agentId: AGENT_ID,
	desk: fakeDesk(),
	inboundCall,
	started: runtime.start(url).then(
		(config) => config,
		(error: Error) => error.message,
	),
};
Object.assign(window, { panel });
