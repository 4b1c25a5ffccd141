import { Button, Checkbox, Dialog, TextField } from "@inlay/ui";
import { useLayoutEffect, useState } from "preact/hooks";
import { addingClient } from "../../session/needs.ts";
import type { IntegrationType } from "../../session/wire.ts";
import { failureBeside, failureText, refusedFor } from "../../shell/failure.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Form } from "../../shell/parts.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import { goTo } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import type { DeploymentsModel } from "./deployments-model.ts";
import { t } from "./strings.ts";
import { typesFor } from "./type-search.ts";

interface Props {
	model: DeploymentsModel;
	types: readonly IntegrationType[];
	onClose: () => void;
}

/** What can be installed, searched as the guide has it; then its name, and the client that it signs in with. */
export function AddDeployment({ model, types, onClose }: Props) {
	const [type, setType] = useState<IntegrationType | undefined>(undefined);
	return (
		<Dialog title={type ? type.name : t("addTitle")} closeLabel={shared("close")} onClose={onClose}>
			{type ? (
				<Install model={model} type={type} onClose={onClose} />
			) : (
				<Catalogue model={model} types={types} onChoose={setType} />
			)}
		</Dialog>
	);
}

function Catalogue({ model, types, onChoose }: Omit<Props, "onClose"> & { onChoose: (type: IntegrationType) => void }) {
	const [wanted, setWanted] = useState("");
	const found = typesFor(types, wanted);
	return (
		<div class="ui-stack">
			<TextField label={t("searchTypes")} type="search" value={wanted} onInput={setWanted} />
			{found.length === 0 && <p role="status">{t("noType")}</p>}
			<ul class="rows">
				{found.map((type) => (
					<CatalogueEntry key={type.id} model={model} type={type} onChoose={() => onChoose(type)} />
				))}
			</ul>
		</div>
	);
}

/** How many there are, and may be: the most are said before somebody runs into them. */
function CatalogueEntry(props: { model: DeploymentsModel; type: IntegrationType; onChoose: () => void }) {
	const { model, type, onChoose } = props;
	const { used, most, full } = model.room(type);
	return (
		<li>
			<div class="row-main">
				<strong>{type.name}</strong>
				<span class="ui-muted">{type.description}</span>
				<span class={full ? "row-problem" : "ui-muted"}>
					{full
						? t("full", { most: most ?? 0 })
						: most === undefined
							? t("roomOpen", { used })
							: t("room", { used, most })}
				</span>
			</div>
			<Button kind="primary" disabled={full} aria-label={t("installNamed", { name: type.name })} onClick={onChoose}>
				{t("install")}
			</Button>
		</li>
	);
}

function Install({ model, type, onClose }: { model: DeploymentsModel; type: IntegrationType; onClose: () => void }) {
	const lack = useLack(addingClient);
	const [name, setName] = useState(() => model.freeName(type.name));
	const [ownClient, setOwnClient] = useState(!lack);
	const [tried, setTried] = useState(false);
	useLayoutEffect(() => model.begin(), [model]);
	const error = model.adding.error.value;
	const free = model.freeName(name);
	const send = async () => {
		setTried(true);
		if (name.trim() === "" || free !== name) return;
		const added = await model.add(name, type.id, { ownClient });
		if (!added) return;
		const failure = model.adding.error.peek();
		onClose();
		goTo({ screen: "deployment", id: added.id });
		const told = { name: name.trim() };
		if (failure) tell(t("addedClientFailed", { ...told, problem: failureText(failure) }), "bad");
		else tell(t(added.hasClient ? "addedWithClient" : "added", told));
	};
	const problem = name.trim() === "" ? t("nameMissing") : free !== name ? t("nameTaken", { name }) : undefined;
	return (
		<Form onSend={() => void send()}>
			<TextField
				label={t("name")}
				hint={t("nameHint")}
				value={name}
				required
				error={(tried || free !== name ? problem : undefined) ?? refusedFor(error, "name")}
				onInput={setName}
			/>
			{free !== name && (
				<div>
					<Button size="small" onClick={() => setName(free)}>
						{t("useName", { name: free })}
					</Button>
				</div>
			)}
			<Checkbox label={t("ownClient")} checked={ownClient} disabled={lack !== undefined} onChange={setOwnClient} />
			<p class="ui-hint">{t("ownClientHint")}</p>
			<Lack lack={lack} />
			<Failure error={failureBeside(error, "name")} />
			<div class="dialog-actions">
				<Button onClick={onClose}>{shared("cancel")}</Button>
				<Button kind="primary" type="submit" busy={model.adding.busy.value}>
					{t("install")}
				</Button>
			</div>
		</Form>
	);
}
