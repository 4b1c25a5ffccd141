import { hash } from "node:crypto";
import type { Announcement } from "./event-log.ts";

const throughId = /^.*?\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\.|$)/;

/**
 * What a topic is about: its beginning up to and with the first id (`v2.users.{id}`, `v2.routing.queues.{id}`), or all of
 * it where it names no id. Topics are the same whatever their case.
 */
export function topicRoot(topic: string): string {
	const folded = topic.toLowerCase();
	return throughId.exec(folded)?.[0] ?? folded;
}

/**
 * The number under which the log finds what is told about a root; PostgreSQL's function `topic_root_hash` gives the same.
 * Two roots of one number cost a reader entries that it leaves out, nothing else.
 */
export function topicRootHash(root: string): string {
	return hash("md5", root, "buffer").readBigInt64BE(0).toString();
}

/** Hashes of topics that were told of lately: a user's are told again and again. */
const known = new Map<string, string>();
const mostKnown = 50_000;

function rootHashOf(topic: string): string {
	const remembered = known.get(topic);
	if (remembered !== undefined) return remembered;
	if (known.size >= mostKnown) known.clear();
	const found = topicRootHash(topicRoot(topic));
	known.set(topic, found);
	return found;
}

/** What an entry of the log is about, each root once: one, mostly, as most entries are about one person. */
export function rootsOf(announcements: readonly Announcement[]): string[] {
	const roots = new Set<string>();
	for (const { topics } of announcements) for (const topic of topics) roots.add(rootHashOf(topic));
	return [...roots];
}
