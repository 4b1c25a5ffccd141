import { describe, expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { type Renewed, SessionLife } from "./session-life.ts";

const day = 86_400;

function life(answers: Renewed[] = []) {
	const clock = new FakeClock();
	const asked = { renewals: 0, touches: 0, looks: 0 };
	const times = { expiresInSeconds: day, idlesInSeconds: undefined as number | undefined };
	const session = new SessionLife({
		clock,
		renew: async () => {
			asked.renewals++;
			return answers.shift() ?? { expiresInSeconds: day };
		},
		look: async () => {
			asked.looks++;
			return times.idlesInSeconds === undefined ? undefined : { ...times, idlesInSeconds: times.idlesInSeconds };
		},
		touch: async () => void asked.touches++,
	});
	const settled = () => new Promise((resolve) => setTimeout(resolve));
	return { clock, asked, session, times, settled };
}

it("renewed while the old token was looked at, the session was said to end with the old one", async () => {
	const clock = new FakeClock();
	const looked = Promise.withResolvers<{ expiresInSeconds: number }>();
	const session = new SessionLife({
		clock,
		renew: async () => "over",
		look: () => looked.promise,
		touch: async () => {},
	});
	session.begin({ expiresInSeconds: day, idlesInSeconds: 1800 }, "none");
	const used = session.used();
	await new Promise((resolve) => setTimeout(resolve));
	session.begin({ expiresInSeconds: day }, "none");
	looked.resolve({ expiresInSeconds: 30 });
	await used;
	expect(session.ending.value).toBeUndefined();
});

describe("a token that can be renewed", () => {
	it("ran out in the middle of a shift: it is renewed five minutes before, without a word", async () => {
		const { clock, asked, session, settled } = life();
		session.begin({ expiresInSeconds: day }, "sure");
		clock.advance((day - 301) * 1000);
		expect(asked.renewals).toBe(0);
		clock.advance(1000);
		await settled();
		expect(asked.renewals).toBe(1);
		expect(session.ending.value).toBeUndefined();
		clock.advance((day - 300) * 1000);
		expect(asked.renewals, "and the next one too").toBe(2);
	});

	it("of the implicit grant was never asked for: it is, ten minutes before, and without a session the agent is told then", async () => {
		const { clock, asked, session, settled } = life([{ expiresInSeconds: day }, "over"]);
		session.begin({ expiresInSeconds: day }, "perhaps");
		clock.advance((day - 600) * 1000);
		await settled();
		expect([asked.renewals, session.ending.value]).toEqual([1, undefined]);
		clock.advance((day - 600) * 1000);
		await settled();
		expect([asked.renewals, session.ending.value]).toEqual([2, { kind: "expiry", at: clock.now() + 600_000 }]);
	});

	it("a server that is away is asked again until it answers", async () => {
		const { clock, asked, session, settled } = life(["unreachable", "unreachable"]);
		session.begin({ expiresInSeconds: day }, "sure");
		clock.advance((day - 300) * 1000);
		await settled();
		clock.advance(15_000);
		await settled();
		clock.advance(15_000);
		await settled();
		expect(asked.renewals).toBe(3);
		expect(session.ending.value).toBeUndefined();
	});

	it("that the server refuses to renew is told to the agent while there is time", async () => {
		const { clock, session, settled } = life(["over"]);
		session.begin({ expiresInSeconds: day }, "sure");
		clock.advance((day - 300) * 1000);
		await settled();
		expect(session.ending.value).toEqual({ kind: "expiry", at: clock.now() + 300_000 });
	});

	it("that gains no time has met the session's own end, and is not asked for without end", async () => {
		const { clock, asked, session, settled } = life([{ expiresInSeconds: 300 }]);
		session.begin({ expiresInSeconds: day }, "sure");
		clock.advance((day - 300) * 1000);
		await settled();
		clock.advance(240_000);
		await settled();
		expect(asked.renewals).toBe(1);
		expect(session.ending.value).toMatchObject({ kind: "expiry" });
	});

	it("was taken for over when it was refused early, and by two one after the other: the second gained nothing", async () => {
		const { asked, session } = life();
		session.begin({ expiresInSeconds: day }, "sure");
		for (let refused = 0; refused < 3; refused++) expect(await session.renewNow()).toBe("renewed");
		expect(asked.renewals).toBe(3);
	});

	it("is renewed once when ten requests are refused at once", async () => {
		const { asked, session } = life();
		session.begin({ expiresInSeconds: day }, "sure");
		expect(await Promise.all(Array.from({ length: 10 }, () => session.renewNow()))).toEqual(Array(10).fill("renewed"));
		expect(asked.renewals).toBe(1);
	});
});

describe("a token that cannot be renewed", () => {
	it("ended without a warning: ten minutes before, or a fifth of a short life", () => {
		const { clock, session } = life();
		session.begin({ expiresInSeconds: day }, "none");
		clock.advance((day - 601) * 1000);
		expect(session.ending.value).toBeUndefined();
		clock.advance(1000);
		expect(session.ending.value).toEqual({ kind: "expiry", at: clock.now() + 600_000 });
		const short = life();
		short.session.begin({ expiresInSeconds: 300 }, "none");
		short.clock.advance(239_000);
		expect(short.session.ending.value).toBeUndefined();
		short.clock.advance(1000);
		expect(short.session.ending.value).toMatchObject({ kind: "expiry" });
	});

	it("is no longer spoken of once there is another", () => {
		const { clock, session } = life();
		session.begin({ expiresInSeconds: 300 }, "none");
		clock.advance(250_000);
		session.begin({ expiresInSeconds: day }, "sure");
		expect(session.ending.value).toBeUndefined();
	});

	it("may be over already while a call keeps the session open", () => {
		const { clock, session } = life();
		session.begin({ expiresInSeconds: 300 }, "none");
		session.learn({ expiresInSeconds: -60 });
		expect(session.ending.value).toEqual({ kind: "expiry", at: clock.now() - 60_000 });
	});
});

describe("a session that nobody uses", () => {
	it("ended without a word: the agent is asked a minute before", async () => {
		const { clock, asked, session, times, settled } = life();
		session.begin({ expiresInSeconds: day, idlesInSeconds: 300 }, "sure");
		times.idlesInSeconds = 60;
		clock.advance(240_000);
		await settled();
		expect(asked.looks).toBe(1);
		expect(session.ending.value).toEqual({ kind: "idle", at: clock.now() + 60_000 });
		times.idlesInSeconds = 300;
		await session.used();
		expect(asked.touches).toBe(1);
		expect(session.ending.value).toBeUndefined();
	});

	it("is not idle where another window or a call has used it", async () => {
		const { clock, session, times, settled } = life();
		session.begin({ expiresInSeconds: day, idlesInSeconds: 300 }, "sure");
		times.idlesInSeconds = 200;
		clock.advance(240_000);
		await settled();
		expect(session.ending.value).toBeUndefined();
	});

	it("tells the server of clicks once a minute, and never where there is no such limit", async () => {
		const { clock, asked, session, times } = life();
		session.begin({ expiresInSeconds: day, idlesInSeconds: 300 }, "sure");
		times.idlesInSeconds = 300;
		for (let click = 0; click < 5; click++) await session.used();
		expect(asked.touches).toBe(1);
		clock.advance(60_000);
		await session.used();
		expect(asked.touches).toBe(2);
		const free = life();
		free.session.begin({ expiresInSeconds: day }, "sure");
		await free.session.used();
		expect(free.asked.touches).toBe(0);
	});
});
