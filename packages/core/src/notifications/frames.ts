import { randomUUID } from "node:crypto";
import type { Announcement, LoggedEvent } from "../kernel/events/event-log.ts";
import { pointBefore, type ResumePoint, wholeEvent } from "./resume-point.ts";

/** One notification as clients see it (platform-api 5.1). */
export interface NotificationFrame {
	topicName: string;
	version: "2";
	eventBody: unknown;
	/** `position` is ours: a client that comes back with it misses nothing. */
	metadata: Record<string, string>;
}

/** One announcement of an event under one topic. */
export interface Delivery {
	/** The topic in lower case: topics are followed whatever their case. */
	key: string;
	topicName: string;
	announcement: Announcement;
	/** Its place among all deliveries of the event, from 0. */
	ordinal: number;
	/** Where a client stands that has not been told it and all before. */
	before: ResumePoint;
}

/** Of events that are held in memory: a thousand sockets that catch up at once go through the same ones. */
const told = new WeakMap<LoggedEvent, readonly Delivery[]>();
const frames = new WeakMap<Delivery, NotificationFrame>();

/** What an event tells, in the order in which it is told. */
export function deliveriesOf(event: LoggedEvent): readonly Delivery[] {
	let deliveries = told.get(event);
	if (!deliveries) {
		deliveries = readDeliveries(event);
		told.set(event, deliveries);
	}
	return deliveries;
}

function readDeliveries(event: LoggedEvent): Delivery[] {
	const pairs = event.announcements.flatMap((announcement) =>
		announcement.topics.map((topicName) => ({ topicName, announcement })),
	);
	return pairs.map(({ topicName, announcement }, ordinal) => ({
		key: topicName.toLowerCase(),
		topicName,
		announcement,
		ordinal,
		before: pointBefore(event.position, ordinal),
	}));
}

/**
 * The frame of a delivery, the same for everyone who follows its topic.
 * @param count how many deliveries the event has: only the last one's position stands for the whole event
 */
export function frameOf(event: LoggedEvent, delivery: Delivery, count: number): NotificationFrame {
	let frame = frames.get(delivery);
	if (!frame) {
		frame = makeFrame(event, delivery, count);
		frames.set(delivery, frame);
	}
	return frame;
}

function makeFrame(event: LoggedEvent, delivery: Delivery, count: number): NotificationFrame {
	const seen = delivery.ordinal + 1;
	return {
		topicName: delivery.topicName,
		version: "2",
		eventBody: delivery.announcement.eventBody,
		metadata: {
			CorrelationId: randomUUID(),
			...delivery.announcement.metadata,
			position: seen === count ? wholeEvent(event.position) : `${event.position}.${seen}`,
		},
	};
}

/** A message that is not in the log: heartbeats and system topics. */
export function systemFrame(topicName: string, eventBody: unknown, position: string): NotificationFrame {
	return { topicName, version: "2", eventBody, metadata: { CorrelationId: randomUUID(), position } };
}
