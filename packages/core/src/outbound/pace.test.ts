import { expect, it } from "vitest";
import { randomOf } from "../test-support/random.ts";
import { type AutomaticMode, type PaceFacts, paceOf } from "./pace.ts";

const facts: PaceFacts = {
	mode: "power",
	idleAgents: 4,
	outstanding: 0,
	answers: 0,
	abandoned: 0,
	attempts: 0,
	target: 0.03,
	maxCallsPerAgent: 3,
};

it.each<[string, Partial<PaceFacts>, number]>([
	["nobody is idle: nobody is called", { idleAgents: 0 }, 0],
	["progressive calls one for each idle agent", { mode: "progressive" }, 4],
	["what rings already counts", { mode: "progressive", outstanding: 3 }, 1],
	["more rings than wanted: none is added", { mode: "progressive", outstanding: 9 }, 0],
	["lines are few", { mode: "progressive", lines: 2 }, 2],
	["power begins like progressive: nothing is known yet", {}, 4],
	["few answer and none was abandoned: more is dared", { answers: 200, attempts: 2_000 }, 12],
	["the share is used up: back to one each", { answers: 200, attempts: 2_000, abandoned: 6 }, 4],
	["never more than the campaign allows", { answers: 200, attempts: 20_000, maxCallsPerAgent: 1.5 }, 6],
	["everybody answers: what is allowed is not spent at once", { answers: 200, attempts: 200 }, 5],
])("%s", (_name, changed, place) => {
	expect(paceOf({ ...facts, ...changed }).place).toBe(place);
});

it("OB-6 power with 4 agents, 40 % answer, target 3 %: of 500 calls at most 3.5 % are abandoned, and agents wait less than with progressive", () => {
	const [power, progressive] = [simulate("power", 500, 3), simulate("progressive", 500, 3)];
	expect(power.abandoned / power.answers).toBeLessThanOrEqual(0.035);
	expect(progressive.abandoned).toBe(0);
	expect(median(power.idleMs)).toBeLessThan(median(progressive.idleMs));
});

it("the share of abandoned calls held at first and not for long: over 10,000 calls it stays under its target", () => {
	for (let seed = 1; seed <= 2; seed++) {
		const { answers, abandoned } = simulate("power", 10_000, seed);
		expect(abandoned / answers, `seed ${seed}`).toBeLessThanOrEqual(0.03);
		expect(abandoned, `seed ${seed}: nothing was dared`).toBeGreaterThan(0);
	}
});

interface Day {
	answers: number;
	abandoned: number;
	/** How long each wait of an agent for the next call was. */
	idleMs: number[];
}

/** A day of four agents: 40 % answer after 4 to 12 s, who does not rings for 20 s; they talk for a minute and wrap up for ten seconds. */
function simulate(mode: AutomaticMode, calls: number, seed: number): Day {
	const random = randomOf(seed);
	const freeAt = [0, 0, 0, 0];
	const ringing: Array<{ endsAt: number; answered: boolean }> = [];
	const history: boolean[] = [];
	const day: Day = { answers: 0, abandoned: 0, idleMs: [] };
	let [placed, finished, now] = [0, 0, 0];
	while (finished < calls) {
		const idleAgents = freeAt.filter((at) => at <= now).length;
		const abandoned = idleAgents === 0 ? 0 : history.filter(Boolean).length;
		const { place } = paceOf({
			...{ mode, idleAgents, abandoned, target: 0.03, maxCallsPerAgent: 3 },
			outstanding: ringing.length,
			answers: history.length,
			attempts: Math.round(history.length / (day.answers / Math.max(1, finished) || 1)),
		});
		for (let n = 0; n < place && placed < calls; n++) {
			const answered = random() < 0.4;
			ringing.push({ endsAt: now + (answered ? 4_000 + Math.floor(random() * 8_000) : 20_000), answered });
			placed += 1;
		}
		now += 500;
		for (const call of ringing.splice(0)) {
			if (call.endsAt > now) {
				ringing.push(call);
				continue;
			}
			finished += 1;
			if (call.answered) answer(day, history, freeAt, now, random);
		}
	}
	return day;
}

/** Whoever is free within two seconds takes it. */
function answer(day: Day, history: boolean[], freeAt: number[], now: number, random: () => number): void {
	const soonest = Math.min(...freeAt);
	const isLost = soonest > now + 2_000;
	day.answers += 1;
	history.push(isLost);
	if (history.length > 200) history.shift();
	if (isLost) {
		day.abandoned += 1;
		return;
	}
	day.idleMs.push(Math.max(0, now - soonest));
	freeAt[freeAt.indexOf(soonest)] = Math.max(now, soonest) + 40_000 + Math.floor(random() * 60_000);
}

function median(values: number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
