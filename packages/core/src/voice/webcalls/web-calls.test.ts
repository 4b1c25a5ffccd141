import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { callOf } from "../../conversations/call/model.ts";
import { TestPage } from "../test-support/test-page.ts";
import { pageOrigin, serviceNumber, type VoiceWorld, voiceWorld } from "../test-support/voice-world.ts";
import { entryPointStore } from "./store.ts";
import { WebCalls } from "./web-calls.ts";

let world: VoiceWorld;
beforeAll(async () => {
	world = await voiceWorld({ timing: { page: { hello: 1000, ping: 60_000 } } });
});
afterEach(() => world.fresh());
afterAll(() => world.close());

describe("placing a call from a page", () => {
	it("gives the call, its socket and a secret that the document keeps only as a hash", async () => {
		const answer = await world.post({
			to: "+31 (800) 100",
			name: "Ada",
			phone: "+31 6 1234",
			attributes: { cart: "7" },
		});
		expect(answer.statusCode).toBe(201);
		const { id, secret, socketPath } = answer.json();
		expect(socketPath).toBe(`/inlay/webcalls/${id}`);
		const conversation = await world.conversation(id);
		expect(JSON.stringify(conversation)).not.toContain(secret);
		const customer = await world.party(id, "customer");
		expect(customer).toMatchObject({ name: "Ada", address: "tel:+3161234", attributes: { cart: "7" } });
		expect(customer.dnis).toBe(`tel:${serviceNumber}`);
	});

	it("what the page says beside the call was shown to agents with characters that nobody sees", async () => {
		const attributes = { "case\u200bId": "A\u202e21\u2066", note: "one\ntwo", "ca\u200bse": "x", case: "y" };
		const { id } = (await world.post({ to: serviceNumber, attributes })).json();
		expect((await world.party(id, "customer")).attributes).toEqual({ caseId: "A21", note: "one\ntwo", case: "x" });
	});

	it("a page said by attributes who its caller is, as only a messenger's sign-in may", async () => {
		const attributes = {
			"signedin.id": "ceo",
			"Signed\u200bIn.email": "ceo@shop.example",
			"ｓignedin.id": "ceo",
			cart: "7",
		};
		const { id } = (await world.post({ to: serviceNumber, attributes })).json();
		expect((await world.party(id, "customer")).attributes).toEqual({ cart: "7" });
	});

	it("a caller was told the queue's id, and 400, when the queue was deleted while they called", async () => {
		const { database } = world.kernel;
		const [entryPoints, queue] = [entryPointStore(database.db), await world.anotherQueue()];
		const going = { number: "+31800199", queueId: queue.id, origins: [pageOrigin] };
		await database.change((trx) => entryPoints.put(trx, going));
		const find = async (number: string) => {
			const found = await entryPoints.find(number);
			await database.change(async (trx) => {
				await entryPoints.endQueue(trx, queue.id);
				await trx.deleteFrom("queues").where("id", "=", queue.id).execute();
			});
			return found;
		};
		const webCalls = new WebCalls(world.conversations, { ...entryPoints, find }, async () => "NL");
		const refusals = [];
		for (let moment = 0; moment < 2; moment++) {
			refusals.push(await webCalls.start({ to: going.number }, pageOrigin).catch((error: unknown) => error));
		}
		expect(refusals[0]).toMatchObject({
			status: 404,
			code: "not.found",
			message: `No number with id ${going.number}.`,
		});
		expect(refusals[1]).toEqual(refusals[0]);
		expect(await world.conversations.live()).toEqual([]);
	});

	it.each([
		["an unknown number", { to: "+4912345" }, { origin: pageOrigin }, 404, "not.found"],
		["a page of another origin", { to: serviceNumber }, { origin: "https://evil.example" }, 403, "origin.not.allowed"],
		["no page at all", { to: serviceNumber }, {}, 403, "origin.not.allowed"],
		["a bad phone", { to: serviceNumber, phone: "call me" }, { origin: pageOrigin }, 400, "invalid.value"],
		["no number", {}, { origin: pageOrigin }, 400, "constraint.validation"],
		["a name of two lines", { to: serviceNumber, name: "a\nb" }, { origin: pageOrigin }, 400, "constraint.validation"],
		["a long name", { to: serviceNumber, name: "x".repeat(201) }, { origin: pageOrigin }, 400, "constraint.validation"],
		[
			"a NUL in an attribute",
			{ to: serviceNumber, attributes: { a: "x\u0000" } },
			{ origin: pageOrigin },
			400,
			"constraint.validation",
		],
		[
			"an attribute that is no text",
			{ to: serviceNumber, attributes: { a: 7 } },
			{ origin: pageOrigin },
			400,
			"constraint.validation",
		],
		[
			"too many attributes",
			{ to: serviceNumber, attributes: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`a${i}`, "x"])) },
			{ origin: pageOrigin },
			400,
			"constraint.validation",
		],
	])("is refused with %s, and nothing is stored", async (_what, body, headers, status, code) => {
		const answer = await world.post(body, headers as Record<string, string>);
		expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
		expect(await world.conversations.live()).toEqual([]);
	});
});

describe("a call's socket", () => {
	it("offers media, takes the page's answer and candidates, and sends the engine's candidates after the offer", async () => {
		const { page } = await world.caller();
		const legId = await page.offer();
		page.send({ type: "candidate", legId, candidate: "candidate:1", mid: "0" });
		page.send({ type: "candidate", legId: "another", candidate: "candidate:2", mid: "0" });
		page.answer(legId);
		await world.heard("acceptAnswer");
		world.engine.emit({ type: "candidate", legId, candidate: "candidate:9", mid: "0" });
		await expect.poll(() => page.messages.map((one) => one.type)).toEqual(["state", "offer", "candidate"]);
	});

	it("keeps candidates that the engine has before the offer is out", async () => {
		const make = world.engine.createWebRtcLeg.bind(world.engine);
		world.engine.createWebRtcLeg = async (legId) => {
			world.engine.emit({ type: "candidate", legId, candidate: "candidate:early", mid: "0" });
			return make(legId);
		};
		const { page } = await world.caller();
		await expect.poll(() => page.messages.map((one) => one.type)).toEqual(["state", "offer", "candidate"]);
	});

	it("is closed for a wrong secret, and says that the call is gone", async () => {
		const { id } = await world.caller();
		const page = await world.page(id, "wrong");
		expect((await page.ended()).code).toBe(4004);
		expect(page.messages).toEqual([{ type: "state", state: "ended", reason: "gone" }]);
	});

	it("is closed when the call is over, and opens no more", async () => {
		const { id, secret, page } = await world.waitingCaller();
		page.send({ type: "hangup" });
		expect((await page.ended()).code).toBe(1000);
		expect(page.states.at(-1)).toBe("ended");
		expect(callOf(await world.party(id, "customer")).disconnectType).toBe("peer");
		expect((await (await world.page(id, secret)).ended()).code).toBe(4004);
	});

	it("ends the call when the page hangs up and closes in one go", async () => {
		const { id, page } = await world.waitingCaller();
		page.send({ type: "hangup" });
		page.close();
		const customer = await world.until(id, "customer", (party) => callOf(party).state === "disconnected");
		expect(callOf(customer).disconnectType).toBe("peer");
	});

	it.each([
		["says nothing", undefined, 4001],
		["skips the secret", { type: "hangup" }, 4001],
		["shows a secret that is no text", { type: "hello", secret: 7 }, 1007],
		["sends an unknown message", { type: "toString" }, 1007],
		["answers a question by a word of its own", { type: "consent", answer: "perhaps" }, 1007],
	])("is closed for who %s", async (_what, message, code) => {
		const { id } = await world.caller();
		const page = await new TestPage(world.url(`/inlay/webcalls/${id}`)).opened();
		if (message) page.send(message);
		expect((await page.ended()).code).toBe(code);
		expect(callOf(await world.party(id, "customer")).state).toBe("alerting");
	});

	it("survives a frame that is too large", async () => {
		const { page } = await world.caller();
		page.socket.send("x".repeat(70_000));
		expect((await page.ended()).code).toBe(1009);
	});

	it("kept the media process busy with as many answers as its page liked to send", async () => {
		const { page } = await world.caller();
		const legId = await page.offer();
		const answers = () => world.engine.commandsOf("acceptAnswer").length;
		const before = answers();
		for (let sent = 0; sent < 250; sent++) page.answer(legId);
		expect((await page.ended()).code).toBe(1008);
		expect(answers() - before).toBeLessThanOrEqual(200);
	});

	it("of a page that was loaded anew replaces the old one, with a leg of its own in the same bridge", async () => {
		const { id, secret, legId, page: old } = await world.waitingCaller();
		await world.inBridge(id, legId);
		const page = await world.page(id, secret);
		expect((await old.ended()).code).toBe(4000);
		const next = await page.offer();
		expect(world.engine.legs).not.toContain(legId);
		page.answer(next);
		world.engine.emit({ type: "leg-connected", legId: next });
		await world.inBridge(id, next);
		expect(callOf(await world.party(id, "customer")).state).toBe("connected");
	});

	it("that leaves while its leg is being made leaves no leg behind", async () => {
		const make = world.engine.createWebRtcLeg.bind(world.engine);
		const goOn = Promise.withResolvers<void>();
		world.engine.createWebRtcLeg = async (legId) => {
			await goOn.promise;
			return make(legId);
		};
		const { page } = await world.caller();
		await page.state("connecting");
		page.close();
		await world.heard("closeLeg");
		goOn.resolve();
		await world.heard("createWebRtcLeg");
		await expect.poll(() => world.engine.legs).toEqual([]);
	});
});
