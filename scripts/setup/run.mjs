import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };

/**
 * Runs a program to its end and keeps what it says. A signal that ends this process ends the program first: an install that
 * went on by itself would be in the way of the next one.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} standard output and standard error together
 */
export function capture(command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
		let output = "";
		for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
		let ending;
		const pass = (signal) => {
			ending = signal;
			child.kill(signal);
		};
		const passNothing = passSignals(pass);
		child.once("error", (error) => {
			passNothing();
			reject(error);
		});
		child.once("close", (code) => {
			passNothing();
			if (ending) process.kill(process.pid, ending);
			else resolve({ code: code ?? 1, output });
		});
	});
}

/**
 * Runs a program that speaks for itself: it shares the terminal, gets the signals that this process gets, and its end
 * is reported as a shell would.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>} the exit code; 128 plus the signal's number when a signal ended it
 */
export function handOver(command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: "inherit", ...options });
		const passNothing = passSignals((signal) => child.kill(signal));
		const watch = whenNpmEnds(() => child.kill("SIGTERM"));
		child.once("error", reject);
		child.once("exit", (code, signal) => {
			clearInterval(watch);
			passNothing();
			resolve(code ?? 128 + (signals[signal] ?? 9));
		});
	});
}

/** @returns how it ends */
function passSignals(pass) {
	for (const name of Object.keys(signals)) process.on(name, pass);
	return () => {
		for (const name of Object.keys(signals)) process.off(name, pass);
	};
}

/**
 * An npm that is killed passes nothing on; what it started would go on without it. npm runs this script through a shell,
 * which outlives it, so the shell's own parent is watched too.
 */
function whenNpmEnds(stop) {
	if (!process.env.npm_lifecycle_event) return undefined;
	const chain = () => `${process.ppid} ${parentOf(process.ppid)}`;
	const atFirst = chain();
	const watch = setInterval(() => {
		if (chain() === atFirst) return;
		clearInterval(watch);
		stop();
	}, 250);
	watch.unref();
	return watch;
}

function parentOf(pid) {
	try {
		// proc(5): the parent is the second field behind the command's name, which stands in brackets.
		return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ")[1];
	} catch {
		return "unknown";
	}
}
