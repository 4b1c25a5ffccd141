import { afterEach, describe, expect, it } from "vitest";
import { ApiError } from "../../kernel/http/api-error.ts";
import { trunkContract } from "../trunk.contract.ts";
import type { KeptDialog } from "./calls/call.ts";
import { type DialogState, requestWithin } from "./dialogs/dialog.ts";
import { header } from "./messages/message.ts";
import { Provider } from "./test-support/provider.ts";
import { callOf, ownNumber, timing, trunkOf, World } from "./test-support/world.ts";
import type { KeptTrunk } from "./trunk-settings.ts";

let world: World;
afterEach(() => world.close());

async function opened(...args: ConstructorParameters<typeof World>): Promise<World> {
	world = new World(...args);
	await world.start();
	return world;
}

describe("calls by a trunk", () => {
	it("rings, is answered, and is kept until one side hangs up", async () => {
		const { provider, engine, trunks, kept } = await opened();
		world.dial({ callerNumber: "tel:+4930555", callerName: 'Ada "A"\r\nX: y' });
		await expect.poll(world.steps).toEqual(["ringing", "answered"]);
		const invite = provider.last("INVITE");
		expect(invite?.uri).toBe("sip:+49301234@127.0.0.1");
		expect(header(invite as never, "from")).toContain('"Ada \\"A\\"X: y" <sip:+4930555@127.0.0.1>');
		await expect.poll(() => provider.count("ACK")).toBeGreaterThan(0);
		expect(engine.commandsOf("acceptAnswer")[0]?.[2]).toContain("RTP/AVP 8 0");
		await expect.poll(() => kept.size).toBe(1);
		expect(trunks.states().get("t1")).toMatchObject({ state: "up", calls: 1 });
		trunks.end("leg", "over");
		await expect.poll(() => provider.count("BYE")).toBe(1);
		await expect.poll(() => kept.size).toBe(0);
		expect(engine.legs).toEqual([]);
		expect(world.steps(), "nobody is told of what they did themselves").toEqual(["ringing", "answered"]);
	});

	it("the other side hangs up, holds, moves its sound, presses keys by signalling, and asks whether we are there", async () => {
		const { provider, engine } = await opened();
		world.dial();
		await expect.poll(world.steps).toContain("answered");
		const [dialog] = provider.dialogs as [never];
		const held = await provider.within(dialog, "INVITE", { body: provider.sdp("sendonly") });
		expect([held.status, held.body]).toEqual([200, expect.stringContaining("a=sendrecv")]);
		expect(engine.commandsOf("openRtpLeg").at(-1)?.[2].offer).toContain("sendonly");
		expect((await provider.within(dialog, "UPDATE", { body: "v=0\r\nm=audio 9 RTP/AVP 9\r\n" })).status).toBe(488);
		const headers: [string, string][] = [["Content-Type", "application/dtmf-relay"]];
		expect((await provider.within(dialog, "INFO", { headers, body: "Signal=5\r\nDuration=160\r\n" })).status).toBe(200);
		expect(world.news).toContainEqual({ type: "dtmf", legId: "leg", digit: "5" });
		expect((await provider.within(dialog, "OPTIONS")).status).toBe(200);
		expect((await provider.within(dialog, "REFER")).status, "agents say whom a call goes to").toBe(603);
		expect((await provider.within(dialog, "NOTIFY")).status).toBe(405);
		expect((await provider.within(dialog, "JUGGLE")).status).toBe(501);
		const rel: [string, string][] = [["Require", "100rel"]];
		const reInvite = await provider.within(dialog, "INVITE", { body: provider.sdp(), headers: rel });
		expect([reInvite.status, header(reInvite, "unsupported")]).toEqual([420, "100rel"]);
		expect((await provider.within(dialog, "BYE")).status).toBe(200);
		expect(world.steps().at(-1)).toBe("hungup");
		expect((await provider.within(dialog, "BYE")).status).toBe(481);
	});

	it("signs in with a digest of the password, again before it ends, and says who we are when it calls", async () => {
		const { provider, trunks } = await opened(
			{ password: "s3cret" },
			{ registers: true, user: "inlay", password: "s3cret" },
		);
		expect(provider.contact).toMatch(/^sip:inlay@127\.0\.0\.1:\d+$/);
		expect(provider.count("REGISTER")).toBe(2);
		world.dial();
		await expect.poll(world.steps).toEqual(["ringing", "answered"]);
		expect(provider.heard.map(({ body }) => body).join()).not.toContain("s3cret");
		trunks.end("leg", "over");
		await expect.poll(() => provider.count("BYE"), { message: "the first is asked who it is" }).toBe(2);
		await expect.poll(() => provider.dialogs).toEqual([]);
	});

	it("a wrong password is told as refused, with what the other side says", async () => {
		world = new World({ password: "s3cret" }, { registers: true, user: "inlay", password: "wrong" });
		await world.provider.sockets.start();
		world.settings = [{ ...trunkOf("t1", world.provider.port), registers: true, user: "inlay", password: "wrong" }];
		await world.engine.start();
		await world.trunks.start();
		await expect
			.poll(() => world.trunks.states().get("t1"))
			.toMatchObject({ state: "refused", reason: "401 Unauthorized" });
	});

	it.each([
		["busy", 486, []],
		["noAnswer", 480, []],
		["refused", 603, []],
		["unknownNumber", 404, []],
		["unreachable", 500, []],
		["busy", 503, [["Reason", 'Q.850;cause=17;text="User busy"']] as [string, string][]],
	])("tells %s by the answer %s", async (cause, status, headers) => {
		await opened({ answers: { "+49301234": { status, reason: "No", headers } } });
		world.dial();
		await expect.poll(world.steps).toEqual([`hungup ${cause}`]);
		expect(world.engine.legs).toEqual([]);
		await expect.poll(() => world.provider.count("ACK")).toBeGreaterThan(0);
	});

	it("what the network plays before anybody answers is heard, and the ringing that it has announced is told once", async () => {
		const { provider, engine } = await opened({ rings: ["+49301234"], early: true });
		world.dial();
		await expect.poll(world.steps).toEqual(["ringing", "early"]);
		expect(engine.commandsOf("acceptAnswer")).toHaveLength(1);
		provider.refuseRinging(404, "Not Found");
		await expect.poll(world.steps).toEqual(["ringing", "early", "hungup unknownNumber"]);
	});

	it("whoever gives up before it is answered takes the call back", async () => {
		const { provider, trunks } = await opened({ rings: ["+49301234"] });
		world.dial();
		await expect.poll(world.steps).toEqual(["ringing"]);
		trunks.end("leg", "over");
		await expect.poll(() => provider.count("CANCEL")).toBe(1);
		await expect.poll(() => provider.count("ACK")).toBeGreaterThan(0);
		expect(world.engine.legs).toEqual([]);
	});

	it("a call placed before anybody knows where the trunk is rang for ever", async () => {
		const { trunks } = await opened();
		world.settings = [{ ...(world.settings[0] as KeptTrunk), version: 2 }];
		const reloading = trunks.reload();
		await reloading;
		world.dial();
		expect(world.steps(), "whoever places it knows its leg first").toEqual([]);
		await expect.poll(world.steps).toEqual(["ringing", "answered"]);
	});

	it("of several places the next one is called where the first says nothing", async () => {
		const { provider, trunks } = await opened();
		world.places = ["127.0.0.77", "127.0.0.1"];
		world.settings = [{ ...(world.settings[0] as KeptTrunk), version: 2 }];
		await trunks.reload();
		world.dial();
		await expect.poll(world.steps, { timeout: 15_000 }).toEqual(["ringing", "answered"]);
		expect(provider.count("INVITE")).toBe(1);
	}, 20_000);

	it("a place that says 100 and then 503 kept the call from the next one", async () => {
		const { provider } = await opened({ answers: { "+49301234": { status: 503, reason: "Service Unavailable" } } });
		world.places = ["127.0.0.1", "127.0.0.78"];
		world.settings = [{ ...(world.settings[0] as KeptTrunk), version: 2 }];
		await world.trunks.reload();
		world.dial();
		await expect.poll(world.steps, { timeout: 15_000 }).toEqual(["hungup unreachable"]);
		expect(world.engine.commandsOf("openRtpLeg").length, "the other place was tried").toBe(2);
		expect(provider.count("INVITE")).toBe(1);
	}, 20_000);

	it("a hang-up of a call that is answered took it back by CANCEL, too", async () => {
		const { provider, trunks } = await opened();
		world.dial();
		await expect.poll(world.steps).toContain("answered");
		trunks.end("leg", "over");
		await expect.poll(() => provider.count("BYE")).toBe(1);
		expect(provider.count("CANCEL")).toBe(0);
	});

	it.each(["Signal=*\r\nDuration=160", "#", "signal = A"])("keys by signalling were not heard: %s", async (body) => {
		const { provider } = await opened();
		world.dial();
		await expect.poll(world.steps).toContain("answered");
		const headers: [string, string][] = [
			["Content-Type", body.startsWith("#") ? "application/dtmf" : "application/dtmf-relay"],
		];
		const { status } = await provider.within(provider.dialogs[0] as never, "INFO", { headers, body });
		expect(status).toBe(200);
		expect(world.news).toContainEqual(expect.objectContaining({ type: "dtmf" }));
	});

	it("a timer without sense asked without end, or ended the call at once", async () => {
		const { provider } = await opened({ timer: "99999999999;refresher=uac" });
		world.dial();
		await expect.poll(world.steps).toContain("answered");
		await provider.within(provider.dialogs[0] as never, "UPDATE", { headers: [["Session-Expires", "0"]] });
		const before = provider.heard.length;
		await provider.within(provider.dialogs[0] as never, "OPTIONS");
		expect(provider.heard.slice(before).filter(({ method }) => method === "UPDATE" || method === "BYE")).toEqual([]);
	});

	it("is sent on once, and by the trunk alone", async () => {
		const sent = (uri: string) => ({
			status: 302,
			reason: "Moved",
			headers: [["Contact", `<${uri}>;q=0.5`]] as [string, string][],
		});
		const { provider } = await opened({
			answers: {
				"+4901": sent("sip:+49301234@127.0.0.1"),
				"+4902": sent("sip:+4902@127.0.0.1"),
				"+4903": sent("sip:+49301234@127.0.0.88:5060"),
			},
		});
		world.dial({ number: "tel:+4901" });
		await expect.poll(world.steps).toEqual(["ringing", "answered"]);
		expect(provider.last("INVITE")?.uri).toBe("sip:+49301234@127.0.0.1");
		const before = provider.count("INVITE");
		world.dial({ number: "tel:+4902", legId: "round", participantId: "p2" });
		await expect.poll(() => world.steps().at(-1)).toBe("hungup unreachable");
		expect(provider.count("INVITE") - before, "whoever sends us round in a circle is left").toBe(2);
		world.dial({ number: "tel:+4903", legId: "away", participantId: "p3" });
		await expect.poll(() => world.news.at(-1)).toMatchObject({ legId: "away", cause: "unreachable" });
		expect(provider.count("INVITE") - before, "nobody has us call elsewhere").toBe(3);
	});

	it("a trunk had as many calls as somebody liked: those that are more are refused, and that is told", async () => {
		const { provider, trunks } = await opened({}, { maxCalls: 1 });
		world.dial();
		await expect.poll(world.steps).toContain("answered");
		world.dial({ legId: "second", participantId: "p2" });
		await expect.poll(() => world.news.at(-1)).toMatchObject({ legId: "second", cause: "unreachable" });
		const { response } = await provider.call(world.peer, ownNumber);
		expect([response.status, world.started.length]).toEqual([503, 0]);
		expect(world.warned).toContainEqual(expect.objectContaining({ event: "trunk.full", trunk: "t1" }));
		expect(trunks.states().get("t1")).toMatchObject({ calls: 1, fullAt: expect.any(String) });
		trunks.end("leg", "over");
		await expect.poll(() => provider.count("BYE")).toBe(1);
		world.dial({ legId: "third", participantId: "p3" });
		await expect.poll(() => world.news.at(-1)).toMatchObject({ legId: "third", step: "answered" });
	});

	it("goes out by the trunk whose prefix fits best, in its form, and not at all where none does", async () => {
		const { trunks, provider } = await opened(
			{},
			{ prefixes: ["+49", "+4930"], numberForm: "digits", callerNumber: "+4930999" },
		);
		expect(trunks.takes({ ...callOf("l"), number: "tel:+33123" })).toBe(false);
		expect(() => world.dial({ number: "tel:+33123" })).toThrow();
		world.dial();
		await expect.poll(() => provider.last("INVITE")?.uri).toBe("sip:49301234@127.0.0.1");
		expect(header(provider.last("INVITE") as never, "from")).toContain("<sip:4930999@");
	});
});

describe("the server or its media is started again", () => {
	it("a call that both sides talk in goes on with new sound, and ends as it should", async () => {
		const { provider, kept } = await opened();
		world.dial();
		await expect.poll(() => kept.size).toBe(1);
		await world.restart();
		world.dial({ legId: "new leg", resumed: true });
		await expect.poll(world.steps).toEqual(["ringing", "answered", "answered"]);
		expect(provider.count("INVITE")).toBe(2);
		expect(provider.last("INVITE")?.headers).toContainEqual(["CSeq", expect.stringMatching(/^10\d\d INVITE$/)]);
		expect((await provider.within(provider.dialogs[0] as never, "BYE")).status).toBe(200);
		expect(world.news.at(-1)).toEqual({ type: "far-end", legId: "new leg", step: "hungup" });
		await expect.poll(() => kept.size).toBe(0);
	});

	it("a peer that takes no new key in a call heard noise after a restart: the next life goes on with ours", async () => {
		await opened({}, {});
		const key = Buffer.alloc(30, 7).toString("base64");
		world.dial();
		await expect.poll(() => world.kept.size).toBe(1);
		const kept = world.kept.get("p1") as KeptDialog;
		world.kept.set("p1", { ...kept, keys: { AES_CM_128_HMAC_SHA1_80: key } });
		await world.restart();
		world.dial({ legId: "new leg", resumed: true });
		await expect.poll(world.steps).toEqual(["ringing", "answered", "answered"]);
		const asked = world.engine.commandsOf("openRtpLeg")[0]?.[2];
		expect(asked?.keys).toEqual({ AES_CM_128_HMAC_SHA1_80: key });
	});

	it("a call whose keys could not be read any more was offered in the clear", async () => {
		await opened();
		world.dial();
		await expect.poll(() => world.kept.size).toBe(1);
		world.kept.set("p1", { ...(world.kept.get("p1") as KeptDialog), isSecret: true });
		await world.restart();
		world.dial({ legId: "new leg", resumed: true });
		await expect.poll(() => world.engine.commandsOf("openRtpLeg")[0]?.[2]).toMatchObject({ secure: true, keys: {} });
	});

	it("a peer that said 100 to new sound, and nothing more, was waited for without end", async () => {
		const { provider, kept } = await opened({ onlyTries: true });
		world.dial();
		await expect.poll(() => kept.size).toBe(1);
		await world.restart();
		world.dial({ legId: "new leg", resumed: true });
		await expect.poll(() => provider.count("BYE"), { timeout: 30_000 }).toBe(1);
		expect(provider.count("CANCEL")).toBe(1);
		expect(world.news.at(-1)).toEqual({ type: "far-end", legId: "new leg", step: "hungup" });
	}, 40_000);

	it("the media alone: the same call agrees on sound anew", async () => {
		const { provider, trunks } = await opened();
		world.dial();
		await expect.poll(world.steps).toContain("answered");
		trunks.end("leg", "sound");
		expect(provider.count("BYE")).toBe(0);
		world.dial({ legId: "new leg", resumed: true });
		await expect.poll(() => world.news.at(-1)).toEqual({ type: "far-end", legId: "new leg", step: "answered" });
	});

	it("a refusal of new sound ended the call without a word to the other side", async () => {
		const { provider, kept } = await opened({ refusesAgain: 488 });
		world.dial();
		await expect.poll(() => kept.size).toBe(1);
		await world.restart();
		world.dial({ legId: "new leg", resumed: true });
		await expect.poll(() => provider.count("BYE"), { timeout: 15_000 }).toBe(1);
		expect(world.news.at(-1)).toEqual({ type: "far-end", legId: "new leg", step: "hungup" });
		expect(provider.count("INVITE"), "it was tried again").toBeGreaterThan(2);
	}, 20_000);

	it("an answer that came again after a restart hung up the call that was to be taken up", async () => {
		const { provider, kept } = await opened();
		world.dial();
		await expect.poll(() => kept.size).toBe(1);
		await world.restart();
		provider.answerAgain(world.peer);
		world.dial({ legId: "new leg", resumed: true });
		await expect.poll(() => world.news.at(-1)).toEqual({ type: "far-end", legId: "new leg", step: "answered" });
		expect(provider.count("BYE")).toBe(0);
	});

	it("a phone that rang when the server went was answered by nobody: it is let go", async () => {
		const { provider } = await opened({ rings: ["+49301234"] });
		world.dial();
		await expect.poll(world.steps).toEqual(["ringing"]);
		await world.restart();
		provider.answerRinging(world.peer);
		await expect.poll(() => provider.count("BYE")).toBe(1);
		expect(provider.count("ACK")).toBeGreaterThan(0);
	});

	it("who hung up while nobody was here is not waited for", async () => {
		const { provider, kept } = await opened();
		world.dial();
		await expect.poll(() => kept.size).toBe(1);
		await world.restart();
		const dialog = { ...(provider.dialogs[0] as object), peer: world.peer } as never;
		expect((await provider.within(dialog, "INFO")).status, "not yet").toBe(500);
		expect((await provider.within(dialog, "BYE")).status).toBe(200);
		await expect.poll(() => kept.size).toBe(0);
		world.dial({ legId: "late", resumed: true });
		await expect.poll(() => world.news.at(-1)).toEqual({ type: "far-end", legId: "late", step: "hungup" });
	});

	it("a call whose conversation has ended meanwhile is ended", async () => {
		const { provider, kept } = await opened();
		world.dial();
		await expect.poll(() => kept.size).toBe(1);
		await world.restart();
		await expect.poll(() => provider.count("BYE")).toBe(1);
		expect(kept.size).toBe(0);
	});
});

describe("calls that come", () => {
	it("the caller is on the line as soon as the conversation has a place for them", async () => {
		const { provider, trunks, kept } = await opened();
		const calling = provider.call(world.peer, "03055512345", {
			from: '"Ada Lovelace" <sip:03022233344@provider.test>',
		});
		await expect.poll(() => world.started.length).toBe(1);
		expect(world.started[0]).toMatchObject({
			customer: { name: "Ada Lovelace", address: "tel:+493022233344" },
			...{ dnis: `tel:${ownNumber}`, queueId: "q", provider: "Inlay Trunk" },
		});
		const sipCall = world.arrival;
		trunks.place({ ...callOf("leg"), isCaller: true, arrival: sipCall });
		const { response, dialog } = await calling;
		expect([response.status, response.body]).toEqual([200, expect.stringContaining("RTP/AVP 8 101")]);
		await expect.poll(world.steps).toEqual(["answered"]);
		await expect.poll(() => kept.size).toBe(1);
		await provider.within(dialog as never, "BYE");
		await expect.poll(world.steps).toEqual(["answered", "hungup"]);
	});

	it("an ACK confirmed an offer that was newer than what it acknowledged", async () => {
		const { provider, engine } = await opened();
		world.dial();
		await expect.poll(world.steps).toContain("answered");
		const [dialog] = provider.dialogs as [DialogState];
		const offers = ["older", "newer"].map((name) => provider.sdp().replace("s=-", `s=${name}`));
		const numbers: number[] = [];
		for (const body of offers) {
			expect((await provider.within(dialog, "INVITE", { body })).status).toBe(200);
			numbers.push(dialog.localCseq);
		}
		const taken = () => engine.commandsOf("acceptAnswer").map(([, , sdp]) => /s=(older|newer)/.exec(sdp)?.[1] ?? "own");
		const [older, newer] = numbers as [number, number];
		await provider.transactions.say(requestWithin(dialog, "ACK", { cseq: newer }), dialog.peer);
		await provider.transactions.say(requestWithin(dialog, "ACK", { cseq: older }), dialog.peer);
		expect((await provider.within(dialog, "OPTIONS")).status).toBe(200);
		expect(taken()).toEqual(["own", "newer"]);
	});

	it("whoever hung up while a new offer was looked at was told that it is agreed on", async () => {
		const { provider, engine } = await opened();
		world.dial();
		await expect.poll(world.steps).toContain("answered");
		const [dialog] = provider.dialogs as [DialogState];
		const made = Promise.withResolvers<void>();
		const open = engine.openRtpLeg.bind(engine);
		engine.openRtpLeg = async (...asked) => {
			await made.promise;
			return open(...asked);
		};
		const offering = provider.within(dialog, "INVITE", { body: provider.sdp() });
		expect((await provider.within(dialog, "BYE")).status).toBe(200);
		const closed = () => engine.commandsOf("closeLeg").length;
		const before = closed();
		made.resolve();
		expect((await offering).status).toBe(487);
		expect(closed(), "the leg that was made too late is closed").toBe(before + 1);
	});

	it("two re-INVITEs at once were answered both, by one leg that was made twice", async () => {
		const { provider, engine } = await opened();
		world.dial();
		await expect.poll(world.steps).toContain("answered");
		const [dialog] = provider.dialogs as [DialogState];
		const made = Promise.withResolvers<void>();
		const open = engine.openRtpLeg.bind(engine);
		let asked = 0;
		engine.openRtpLeg = async (...wanted) => {
			asked++;
			await made.promise;
			return open(...wanted);
		};
		const first = provider.within(dialog, "INVITE", { body: provider.sdp("sendonly") });
		await expect.poll(() => asked).toBe(1);
		for (const method of ["INVITE", "UPDATE"]) {
			const second = await provider.within(dialog, method, { body: provider.sdp() });
			expect([second.status, Number(header(second, "retry-after"))]).toEqual([500, expect.any(Number)]);
			expect(Number(header(second, "retry-after"))).toBeLessThanOrEqual(10);
		}
		expect((await provider.within(dialog, "UPDATE")).status, "it leaves the sound as it is").toBe(200);
		made.resolve();
		expect((await first).status).toBe(200);
		expect(asked).toBe(1);
		expect((await provider.within(dialog, "INVITE", { body: provider.sdp() })).status, "it comes again").toBe(200);
	});

	it("an offer that comes late, in the ACK, is taken as well", async () => {
		const { provider, trunks, engine } = await opened();
		const calling = provider.call(world.peer, ownNumber, { sdp: "" });
		await expect.poll(() => world.started.length).toBe(1);
		const sipCall = world.arrival;
		trunks.place({ ...callOf("leg"), isCaller: true, arrival: sipCall });
		expect((await calling).response.body).toContain("RTP/AVP 0 8");
		await expect.poll(() => engine.commandsOf("acceptAnswer").length).toBe(1);
	});

	it.each([
		["an unknown number", "+4930777", undefined, 404],
		["nobody there", ownNumber, new ApiError(409, "voicemail.disabled", "Nobody."), 480],
		["a database that is away", ownNumber, Object.assign(new Error("gone"), { code: "57P01" }), 503],
	])("%s is told", async (_what, number, failure, status) => {
		const { provider } = await opened();
		world.startFails = failure;
		expect((await provider.call(world.peer, number)).response.status).toBe(status);
		await expect.poll(() => provider.heard.length).toBeGreaterThan(0);
	});

	it("a caller who gives up at once leaves", async () => {
		const { provider } = await opened();
		const cancel = new AbortController();
		const calling = provider.call(world.peer, ownNumber, {}, cancel.signal);
		await expect.poll(() => world.started.length).toBe(1);
		cancel.abort();
		expect((await calling).response.status).toBe(487);
		await expect.poll(() => world.left).toEqual(["conversation 1"]);
	});

	it("the same call by another way became two", async () => {
		const { provider } = await opened();
		const headers: [string, string][] = [];
		void provider.call(world.peer, ownNumber, { headers, callId: "same", tag: "same" });
		await expect.poll(() => world.started.length).toBe(1);
		const again = await provider.call(world.peer, ownNumber, { headers, callId: "same", tag: "same" });
		expect([again.response.status, world.started.length]).toEqual([482, 1]);
	});

	it("a withheld number is not told, what is required and not known is refused, and OPTIONS is answered", async () => {
		const { provider } = await opened();
		void provider.call(world.peer, ownNumber, {
			headers: [
				["Privacy", "id"],
				["P-Asserted-Identity", "<sip:+491@x>"],
			],
		});
		await expect.poll(() => world.started[0]?.customer).toEqual({});
		const { response } = await provider.call(world.peer, ownNumber, { headers: [["Require", "100rel"]] });
		expect([response.status, header(response, "unsupported")]).toEqual([420, "100rel"]);
		const hasty = await provider.call(world.peer, ownNumber, { headers: [["Session-Expires", "60"]] });
		expect([hasty.response.status, header(hasty.response, "min-se")]).toEqual([422, "90"]);
	});

	it("strangers are not answered, and the operator hears of them once", async () => {
		const { provider } = await opened();
		world.settings = [{ ...trunkOf("t1", provider.port), host: "127.0.0.9", version: 2 }];
		await world.trunks.reload();
		const { response } = await provider.call(world.peer, ownNumber);
		expect(response.status).toBe(408);
		const strangers = world.warned.filter((one) => (one as { event?: string }).event === "trunk.stranger");
		expect(strangers).toEqual([expect.objectContaining({ address: "127.0.0.1" })]);
		expect(world.started).toEqual([]);
	});
});

describe("lines", () => {
	it("a trunk that was deleted was deaf to its running calls: they could not be hung up", async () => {
		const { provider } = await opened();
		world.dial();
		await expect.poll(world.steps).toContain("answered");
		world.settings = [];
		await world.trunks.reload();
		expect((await provider.within(provider.dialogs[0] as never, "BYE")).status).toBe(200);
		expect(world.steps().at(-1)).toBe("hungup");
	});

	it("one that is switched off or changed does so at once, and its calls go on", async () => {
		const { provider } = await opened();
		world.dial();
		await expect.poll(world.steps).toContain("answered");
		world.settings = [{ ...(world.settings[0] as KeptTrunk), enabled: false, version: 2 }];
		await world.trunks.reload();
		expect(world.state()).toBe("off");
		world.trunks.end("leg", "over");
		await expect.poll(() => provider.count("BYE")).toBe(1);
	});

	it("the other side goes away, and is back elsewhere", async () => {
		const { provider } = await opened();
		await provider.stop();
		await expect.poll(() => world.state(), { timeout: 20_000 }).toBe("down");
		expect(world.trunks.states().get("t1"), "in words, not as an answer of its own").toMatchObject({
			cause: "noAnswer",
		});
		expect(world.warned).toContainEqual(expect.objectContaining({ event: "trunk.state", state: "down" }));
		const again = new Provider({ timing });
		await again.sockets.start();
		world.settings = [{ ...trunkOf("t1", again.port), version: 2 }];
		await world.trunks.reload();
		await expect.poll(() => world.state(), { timeout: 10_000 }).toBe("up");
		await again.stop();
		world.close = async () => world.trunks.stop();
	});
});

describe("a SIP trunk, as every trunk", () => {
	const answers = {
		"+4901": { status: 486, reason: "Busy Here" },
		"+4903": { status: 603, reason: "Decline" },
		"+4904": { status: 404, reason: "Not Found" },
	};
	trunkContract(
		async () => {
			const { engine, trunks, provider } = await opened({ rings: ["+4902"], givesUpMs: 100, answers });
			return {
				engine,
				trunk: trunks,
				async prepare(kind) {
					if (kind === "caller") {
						void provider.call(world.peer, ownNumber);
						await expect.poll(() => world.started.length).toBe(1);
						return { arrival: world.arrival };
					}
					world.dial();
					await expect.poll(() => world.kept.size).toBe(1);
					trunks.end("leg", "sound");
					return { participantId: "p1" };
				},
			};
		},
		{ answering: "tel:+4900", busy: "tel:+4901", silent: "tel:+4902", refusing: "tel:+4903", unknown: "tel:+4904" },
	);
});
