import { Banner, Button, Checkbox } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Loaded, Task } from "../../session/load.ts";
import { Affected } from "../../shell/affected.tsx";
import { Confirm, Load } from "../../shell/parts.tsx";
import { whileShown } from "../../shell/while-shown.ts";
import { t } from "./strings.ts";
import type { DeploymentUse } from "./use.ts";

/** Asks before a deployment is switched off: who is at work in it, and whether that is waited for. */
export function DeactivateDialog(props: {
	name: string;
	use: Loaded<DeploymentUse>;
	task: Task;
	/** Who may use it. */
	children: ComponentChildren;
	onClose: () => void;
	onConfirm: (now: boolean) => void;
}) {
	const { name, use, task, children, onClose, onConfirm } = props;
	const [now, setNow] = useState(false);
	return (
		<Confirm
			title={t("deactivateTitle", { name })}
			text={t("deactivateText")}
			action={t("deactivate")}
			task={task}
			onClose={onClose}
			onConfirm={() => onConfirm(now)}
		>
			{children}
			<Load from={use}>
				{(found) =>
					found.total > 0 ? (
						<>
							<AtWork use={found} />
							<Checkbox label={t("closeNow")} checked={now} onChange={setNow} />
						</>
					) : null
				}
			</Load>
		</Confirm>
	);
}

/** Those at work in it, for what is about to be done to it. */
export function AtWork({ use: { total, entities } }: { use: DeploymentUse }) {
	if (total === 0) return null;
	return <Affected title={t("atWork", { count: total })} names={entities.map((one) => one.name)} total={total} />;
}

/** A deployment that is switched off, and whom it waits for; looked up now and then, while there is anybody. */
export function WaitsFor({
	use,
	task,
	name,
	mayClose,
	onClose,
}: {
	use: Loaded<DeploymentUse>;
	task: Task;
	name: string;
	mayClose: boolean;
	/** They lose the panel now. */
	onClose: () => Promise<void>;
}) {
	const [asking, setAsking] = useState(false);
	useEffect(() => void use.refresh(), [use]);
	const { total = 0, entities = [] } = use.value ?? {};
	const isOver = use.value !== undefined && total === 0;
	// Nobody comes into one that is switched off.
	useEffect(() => (isOver ? undefined : whileShown(everyMs, () => void use.refresh())), [use, isOver]);
	if (total === 0) return null;
	return (
		<Banner tone="warn">
			<Affected title={t("waitsFor", { count: total })} names={entities.map((one) => one.name)} total={total} />
			{mayClose && <Button onClick={() => setAsking(true)}>{t("closeAction")}</Button>}
			{asking && (
				<Confirm
					title={t("closeTitle", { name })}
					text={t("closeNow")}
					action={t("closeAction")}
					task={task}
					onClose={() => setAsking(false)}
					onConfirm={async () => {
						await onClose();
						setAsking(false);
					}}
				/>
			)}
		</Banner>
	);
}

const everyMs = 3_000;
