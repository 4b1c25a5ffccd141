/**
 * The right to be the server of a database. A live call has one owner, and so far one server owns them all; when several
 * share the calls of a database, this port gets a lease for each slot (docs/decisions, "One server per database").
 */
export interface ServerLease {
	/** Grows by one with each holder: what an earlier one does is told by it, and refused. */
	readonly term: number;
	/** When some server of this database was last known to be there, in steady time (`performance.now`). */
	readonly servedUntil: number;
	/** Settled, with a name of the new holder, when another server has taken the database over: this one must stop. */
	readonly lost: Promise<string>;
	/** Gives it up in order, so that the next start need not wait. */
	release(): Promise<void>;
}

/** Who holds a lease, as its row tells. */
export interface LeaseHolder {
	readonly id: string;
	/** For people: host and process. */
	readonly name: string;
	/** Machine, boot and process namespace: within one, process ids mean something. */
	readonly place: string;
	readonly pid: number;
	readonly startTicks?: string;
}
