import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a played phone is told once. */
export interface PhoneOrder {
	/** Of the streaming channel, as `POST /api/v2/notifications/channels` has told it. */
	url: string;
	/** A token of the user whose phone it is. */
	token: string;
	/** With what tone it talks. */
	hz: number;
	/** How long it rings before it is answered, in ms. */
	answerAfterMs: number;
}

/** What it tells: it is on the line, and can be called. */
export interface FromPhone {
	kind: "ready";
}

export interface PlayedPhone {
	/** Settled when it can be called, or has ended before. */
	readonly ready: Promise<boolean>;
	/** Settled when it is gone, for whatever reason. */
	readonly ended: Promise<void>;
	/** Hangs up and goes. */
	stop(): void;
}

/**
 * A phone without anybody at it: takes each call after a while, and talks with a tone. It comes through the doors that every
 * phone comes through (streaming connection, WebRTC), in a process of its own, so that nothing of it can harm the server.
 */
export function startPlayedPhone(order: PhoneOrder): PlayedPhone {
	const child = fork(fileURLToPath(new URL("./child.ts", import.meta.url)), [], {
		execArgv: [],
		env: { PATH: process.env.PATH },
		stdio: ["ignore", "ignore", "ignore", "ipc"],
	});
	const ended = new Promise<void>((resolve) => {
		child.once("exit", () => resolve());
		// One that could not be started has no exit.
		child.once("error", () => child.pid === undefined && resolve());
	});
	const ready = new Promise<boolean>((resolve) => {
		child.once("message", () => resolve(true));
		void ended.then(() => resolve(false));
	});
	child.send(order, () => {});
	return { ready, ended, stop: () => void child.kill("SIGKILL") };
}
