import "./rights.css";
import { Icon } from "@inlay/ui";
import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Need, Rights } from "../session/rights.ts";
import { lackText, type What } from "./need-text.ts";

/** What the signed-in person may do, for every screen below. */
export const RightsContext = createContext<Rights>(new Rights([]));

export function useRights(): Rights {
	return useContext(RightsContext);
}

/** The need where the signed-in person does not meet it. */
export function useLack(need: Need): Need | undefined {
	return useRights().lack(need);
}

/** Says what is not offered here, and why. */
export function Lack({ lack, what }: { lack: Need | undefined; what?: What }) {
	if (!lack) return null;
	return (
		<p class="lack">
			<Icon name="shield" size={16} />
			<span>{lackText(lack, what)}</span>
		</p>
	);
}

/** What only some may change: for others it can be read, and says why it cannot be changed. */
export function Allowed({ lack, children }: { lack: Need | undefined; children: ComponentChildren }) {
	if (!lack) return <>{children}</>;
	return (
		<>
			<Lack lack={lack} what="Changing" />
			<fieldset class="locked ui-stack" disabled>
				{children}
			</fieldset>
		</>
	);
}
