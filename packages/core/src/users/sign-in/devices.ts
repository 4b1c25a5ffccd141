import { createHmac, hash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Db, Trx } from "../../kernel/database/database.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { deviceStore } from "./device-store.ts";
import type { SignInKeys } from "./keys.ts";

/** A device that is not used for so long counts as a stranger's again, days; the cookie lives as long. */
export const deviceDays = 180;
/** Of one user; the one that was away longest goes first. */
const mostDevices = 20;
const dayMs = 24 * 3_600_000;

/** A browser that has signed in before, as its cookie proves. */
export interface Device {
	/** What the browser keeps. */
	cookie: string;
	/** How the server names it. */
	hash: string;
}

/**
 * Devices that have signed in, and as whom. A device opens nothing; it only is not braked by what strangers do
 * (decision 11). The cookie carries a mark of this server's, so that a made-up one is known without asking the database.
 */
export class Devices {
	readonly #keys: SignInKeys;
	readonly #clock: Clock;

	constructor(keys: SignInKeys, clock: Clock) {
		this.#keys = keys;
		this.#clock = clock;
	}

	/** The device of a cookie; undefined unless this server has made it. */
	async read(cookie: string | undefined): Promise<Device | undefined> {
		const [, id, mark] = /^([\w-]{32})\.([\w-]{43})$/.exec(cookie ?? "") ?? [];
		if (!cookie || !id || !mark) return undefined;
		const expected = Buffer.from(await this.#mark(id));
		return timingSafeEqual(Buffer.from(mark), expected) ? { cookie, hash: hashOf(id) } : undefined;
	}

	async make(): Promise<Device> {
		const id = randomBytes(24).toString("base64url");
		return { cookie: `${id}.${await this.#mark(id)}`, hash: hashOf(id) };
	}

	/** Whether somebody has signed in as this user here before. */
	knows(db: Db, device: Device, userId: string): Promise<boolean> {
		return deviceStore.has(db, { device: device.hash, userId, since: this.#oldest() });
	}

	async remember(trx: Trx, device: Device, userId: string): Promise<void> {
		await deviceStore.keep(trx, { device: device.hash, userId, at: this.#clock.now() });
		await deviceStore.removeOld(trx, { userId, before: this.#oldest(), most: mostDevices });
	}

	/** Every device is a stranger's again: somebody else may have known the password. */
	forget(trx: Trx, userId: string): Promise<void> {
		return deviceStore.removeAll(trx, userId);
	}

	#oldest(): Date {
		return new Date(this.#clock.now().getTime() - deviceDays * dayMs);
	}

	async #mark(id: string): Promise<string> {
		return createHmac("sha256", await this.#keys.get("device"))
			.update(id)
			.digest("base64url");
	}
}

function hashOf(id: string): string {
	return hash("sha256", id, "base64url");
}
