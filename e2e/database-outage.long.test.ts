import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Api, apiOf } from "./support/api.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { postgresOf, signalAll } from "./support/postgres-processes.ts";
import { automationToken, signIn } from "./support/sign-in.ts";
import { until } from "./support/until.ts";
import { contradictions, startWriters, storedNames, type Writers } from "./support/writers.ts";

/** The long run is for a machine of its own: INLAY_SOAK=1. */
const rounds = process.env.INLAY_SOAK ? 40 : 2;
const patience = process.env.INLAY_SOAK ? 3_600_000 : 90_000;
/** Acknowledged writes before the next blow. */
const many = 50;

describe("the database goes while writes are under way without a pause", { timeout: patience }, () => {
	let inlay: TestInlay;
	let token: string;
	let writers: Writers;

	beforeAll(async () => {
		inlay = await startTestInlay({ flags: ["--rate-limit", "0"] });
		token = await automationToken(inlay.demo);
	});
	afterAll(() => inlay?.stop());

	beforeEach(async () => {
		writers = startWriters(inlay.baseUrl, token);
		await writers.successes(many);
	});

	it("ended the server when all its connections were terminated (4 of 5 tries)", async () => {
		for (let round = 0; round < rounds * 3; round++) {
			signalAll(postgresOf(inlay.dataFolder).backends, "SIGTERM");
			await writers.successes(many);
		}
		await everythingIsAsAnswered();
	});

	it("ended the server when the postmaster was killed (5 of 5 tries)", async () => {
		for (let round = 0; round < rounds; round++) {
			const { postmaster } = postgresOf(inlay.dataFolder);
			process.kill(postmaster, "SIGKILL");
			await until("the server says that it is not ready", async () => (await ready()).status === 503, 30_000, 10);
			expect((await ready()).headers.get("retry-after")).toBeTruthy();
			expect((await fetch(`${inlay.baseUrl}/healthz`)).status).toBe(200);
			await until("the database is back", async () => (await ready()).ok, 60_000);
			const back = performance.now();
			await writers.successes(1);
			report("writes go on after the database's return", performance.now() - back);
			expect(postgresOf(inlay.dataFolder).postmaster).not.toBe(postmaster);
			await writers.successes(many);
		}
		await everythingIsAsAnswered();
	});

	it("cut the sockets of everybody who was signed in, or lost what happened after", async () => {
		const user = await signInUser();
		const { id, connectUri } = await user.call("POST", "/notifications/channels");
		const { id: me } = await user.call("GET", "/users/me");
		await user.call("PUT", `/notifications/channels/${id}/subscriptions`, [{ id: `v2.users.${me}.presence` }]);
		const socket = new WebSocket(connectUri);
		const heard: string[] = [];
		let isClosed = false;
		socket.addEventListener("message", ({ data }) => heard.push(String(data)));
		socket.addEventListener("close", () => {
			isClosed = true;
		});
		await once(socket, "open");
		process.kill(postgresOf(inlay.dataFolder).postmaster, "SIGKILL");
		await until("the server says that it is not ready", async () => (await ready()).status === 503, 30_000, 10);
		await until("the database is back", async () => (await ready()).ok, 60_000);
		const away = (await user.call("GET", "/presencedefinitions")).entities.find(
			(one: { systemPresence: string }) => one.systemPresence === "Away",
		);
		await user.call("PATCH", `/users/${me}/presences/purecloud`, { presenceDefinition: { id: away.id } });
		await until("the socket tells", () => heard.some((text) => text.includes(away.id)));
		expect(isClosed).toBe(false);
		socket.close();
		await everythingIsAsAnswered();
	});

	async function signInUser(): Promise<Api> {
		const { clients, users, crm } = inlay.demo;
		const access = await signIn({
			baseUrl: inlay.baseUrl,
			clientId: clients.implicit.id,
			grant: "token",
			redirectUri: `${crm}/oauth.html`,
			username: users.agent.username,
			password: users.agent.password,
		});
		return apiOf(inlay.baseUrl, access);
	}

	it("left requests hanging with a database that hangs", async () => {
		const { all } = postgresOf(inlay.dataFolder);
		const stopped = performance.now();
		signalAll(all, "SIGSTOP");
		try {
			await until("the server says that it is not ready", async () => (await ready()).status === 503, 30_000, 10);
			report("a hung database was noticed", performance.now() - stopped);
			const before = writers.tally.refused.size;
			await until("writes are refused", () => writers.tally.refused.size > before + 10);
		} finally {
			signalAll(all, "SIGCONT");
		}
		await writers.successes(many);
		await everythingIsAsAnswered();
		expect(writers.tally.longestMs).toBeLessThan(10_000);
	});

	it.skipIf(!process.env.INLAY_SOAK)("waited for ever for a database that never answered again", async () => {
		const { all, postmaster } = postgresOf(inlay.dataFolder);
		signalAll(all, "SIGSTOP");
		await until("another one runs", () => isReplaced(postmaster), 60_000);
		await writers.successes(many);
		await everythingIsAsAnswered();
	});

	async function isReplaced(postmaster: number): Promise<boolean> {
		try {
			return postgresOf(inlay.dataFolder).postmaster !== postmaster && (await ready()).ok;
		} catch {
			return false;
		}
	}

	async function everythingIsAsAnswered(): Promise<void> {
		const tally = await writers.stop();
		report("longest answer", tally.longestMs);
		console.info(
			`${tally.acknowledged.size} acknowledged, ${tally.refused.size} refused, ${tally.unknown.size} unknown`,
		);
		expect(tally.odd).toEqual([]);
		expect(contradictions(tally, await storedNames(inlay.baseUrl, token))).toEqual([]);
		expect(inlay.output()).not.toContain("a defect");
	}

	const ready = () => fetch(`${inlay.baseUrl}/readyz`);

	function report(what: string, ms: number): void {
		console.info(`${what}: ${Math.round(ms)} ms`);
	}
});
