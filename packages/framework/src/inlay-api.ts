import type { InlayRequestName, InlayRequestOptions, InlayRequests } from "@inlay/contract";

/** What Inlay offers beyond the contract, as `PureCloud.Inlay`: nothing that older scripts could meet. */
export interface InlayApi {
	/** Grows when a request changes; new ones alone do not. */
	readonly version: 1;
	/**
	 * Asks the panel for something, in the agent's name. Rejects with an Error that has `id` (the correlation id) and a stable
	 * `code`; after `inlay.request.deadline` it may have happened all the same.
	 */
	request<Name extends InlayRequestName>(
		name: Name,
		data: InlayRequests[Name]["data"],
		options?: InlayRequestOptions,
	): Promise<InlayRequests[Name]["answer"]>;
}
