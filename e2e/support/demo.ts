import { readFile } from "node:fs/promises";
import { join } from "node:path";

interface DemoUser {
	id: string;
	username: string;
	password: string;
}

interface DemoClient {
	id: string;
	grant: string;
	secret?: string;
}

/** What `demo.json` in the data folder tells: where everything runs and how to get in. */
export interface Demo {
	/** Base URLs without a slash at the end. */
	api: string;
	/** Origin of the panel. */
	panel: string;
	crm: string;
	customer: string;
	admin: string;
	users: Record<"admin" | "agent" | "agent2" | "supervisor", DemoUser>;
	clients: Record<"panel" | "implicit" | "automation", DemoClient>;
	deployment: { id: string; name: string; url: string };
	queue: { id: string; name: string };
	/** `service` is called by customers; `farEnd` is answered by the demo trunk's simulated far end. */
	numbers: { service: string; farEnd: string };
}

/** Reads `demo.json`; undefined while the server has not written it, or has not yet replaced one that is torn. */
export async function readDemo(dataFolder: string): Promise<Demo | undefined> {
	try {
		return JSON.parse(await readFile(join(dataFolder, "demo.json"), "utf8")) as Demo;
	} catch (error) {
		const isNotYet =
			error instanceof SyntaxError || (error instanceof Error && "code" in error && error.code === "ENOENT");
		if (isNotYet) return undefined;
		throw error;
	}
}
