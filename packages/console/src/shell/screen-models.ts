/** Keeps the model of the screen that is shown for as long as it is shown. */
export class ScreenModels {
	#current: { address: string; model: unknown } | undefined;

	/** @param isIt whether the model of the screen before is this one's as well, though its address was another */
	once<Model>(address: string, make: () => Model, isIt: (kept: unknown) => boolean): Model {
		if (this.#current && this.#current.address !== address && isIt(this.#current.model))
			this.#current.address = address;
		if (this.#current?.address !== address) this.#current = { address, model: make() };
		return this.#current.model as Model;
	}
}
