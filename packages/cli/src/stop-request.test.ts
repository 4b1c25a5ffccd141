import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

const module = new URL("./stop-request.ts", import.meta.url).href;
const script = `
	import { waitForStop } from ${JSON.stringify(module)};
	const request = waitForStop(process.env);
	const busy = setInterval(() => undefined, 1000);
	console.log("ready");
	await request.promise;
	clearInterval(busy);
	console.log("made:", request.made);
	process.exit(0);`;

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s asks to stop", async (signal) => {
	const child = execFile(process.execPath, ["--input-type=module", "-e", script], { env: {} });
	let output = "";
	child.stdout?.on("data", (chunk) => {
		output += chunk;
		if (output === "ready\n") child.kill(signal);
	});
	const [code] = await once(child, "close");
	expect(code).toBe(0);
	expect(output).toBe("ready\nmade: true\n");
});

test("so does the end of the start script, seen at the pipe it holds", async () => {
	const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
		env: { INLAY_LIFELINE: "3" },
		stdio: ["ignore", "pipe", "inherit", "pipe"],
	});
	child.stdout?.once("data", () => child.stdio[3]?.destroy());
	const [code] = await once(child, "exit");
	expect(code).toBe(0);
});
