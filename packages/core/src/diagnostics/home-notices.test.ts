import { homePartOf, panelTopic } from "@inlay/contract/home";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { EventListener } from "../kernel/events/event-feed.ts";
import { HomeNotices } from "./home-notices.ts";

/** Parts that were told of, together as they were. */
let told: string[];
/** Parts that somebody follows. */
let followed: readonly string[];
let isFollowed: boolean;
let asked: number;
let areStepsDone: boolean;
let happens: (type: string) => void;
let follows: (...topics: string[]) => void;
let notices: HomeNotices;

beforeEach(() => {
	vi.useFakeTimers();
	told = [];
	followed = ["panels", "queues", "deployments", "troubles", "steps", "health"];
	isFollowed = true;
	asked = 0;
	areStepsDone = false;
	let hear: EventListener = () => {};
	const subscribe = (listener: EventListener) => {
		hear = listener;
		return () => {};
	};
	happens = (type) => void hear({ type } as Parameters<EventListener>[0]);
	notices = new HomeNotices(
		{ subscribe },
		{
			isFollowed: (topic) => {
				asked++;
				return isFollowed && followed.includes(homePartOf(topic) ?? "");
			},
			tellNow: (topic) => void told.push(homePartOf(topic) ?? topic),
			onFollowing: (listener) => {
				follows = (...topics) => listener(topics);
				return () => {};
			},
		},
		() => areStepsDone,
	);
});
afterEach(() => {
	notices.stop();
	vi.useRealTimers();
});

it("tells at once, and a busy contact center twice a second", () => {
	happens("conversation.changed");
	expect(told).toEqual(["queues", "steps"]);
	for (let nth = 0; nth < 100; nth++) happens("routingstatus.changed");
	happens("deployment.switched");
	expect(told).toHaveLength(2);
	vi.advanceTimersByTime(500);
	expect(told.slice(2)).toEqual(["panels", "queues", "deployments", "steps", "health"]);
	vi.advanceTimersByTime(500);
	happens("presence.changed");
	expect(told).toHaveLength(7);
});

it("tells when a panel comes or goes, and of no other channel", () => {
	follows("v2.users.u.presence");
	expect(told).toEqual([]);
	follows("v2.users.u.presence", panelTopic("d", 3).toLowerCase());
	expect(told).toEqual(["panels"]);
});

it("does nothing while nobody looks", () => {
	isFollowed = false;
	happens("conversation.changed");
	isFollowed = true;
	vi.advanceTimersByTime(1000);
	expect(told).toEqual([]);
});

it("looked at every socket for each event of a busy contact center", () => {
	happens("presence.changed");
	expect(asked).toBe(0);
	for (let nth = 0; nth < 100; nth++) happens("routingstatus.changed");
	expect(asked).toBe(1);
	vi.advanceTimersByTime(500);
	expect(asked).toBe(2);
});

it("told nobody again and again, after the last one had gone", () => {
	happens("routingstatus.changed");
	isFollowed = false;
	happens("routingstatus.changed");
	vi.advanceTimersByTime(500);
	expect(told).toHaveLength(1);
	expect(vi.getTimerCount()).toBe(0);
});

it("had the first steps read anew with every conversation, years after the last of them", () => {
	areStepsDone = true;
	happens("conversation.changed");
	happens("user.changed");
	vi.advanceTimersByTime(500);
	expect(told).toEqual(["queues", "health"]);
});

it("Health stayed as it was when a role, an account or the list of pages had changed", () => {
	followed = ["health"];
	for (const type of ["role.changed", "grant.added", "user.changed", "group.members.changed", "organization.changed"]) {
		happens(type);
		expect(told).toContain("health");
		vi.advanceTimersByTime(500);
		told = [];
	}
});
