/** An outbound call through a trunk: one outside party's leg. */
export interface TrunkCall {
	/** Id of the media leg to make. */
	legId: string;
	/** As dialled, e.g. `tel:+13175550123`. */
	number: string;
	/** The party calls us: they are on the line, and wait to be answered. */
	isCaller: boolean;
	/** The party was connected already, before the server was restarted. */
	resumed: boolean;
}

/** The way to the outside world for calls that agents make. A SIP trunk is a later implementation. */
export interface Trunk {
	/** Makes the leg; what becomes of it is told by the engine's `far-end` events. @throws Error when the number cannot be called */
	place(call: TrunkCall): void;
}
