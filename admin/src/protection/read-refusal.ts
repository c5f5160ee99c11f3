/** Recognises the one answer that means "this would have opened submissions, so nothing was saved". */
import { EXPOSURE_EFFECTS, VISIBILITY_CHANGE_REFUSED, type VisibilityRefusalDetails } from '../../../server/src/contract';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isEffect = (value: unknown) => EXPOSURE_EFFECTS.some((effect) => effect === value);

function isRefusalDetails(details: unknown): details is VisibilityRefusalDetails {
  return (
    isRecord(details) &&
    details.code === VISIBILITY_CHANGE_REFUSED &&
    Array.isArray(details.exposures) &&
    details.exposures.every((one: unknown) => isRecord(one) && typeof one.sentence === 'string' && isEffect(one.effect)) &&
    isRecord(details.saferWay) &&
    typeof details.saferWay.formOrType === 'string' &&
    typeof details.saferWay.sentence === 'string' &&
    Array.isArray(details.unlisted)
  );
}

/** `body` is the parsed JSON of a 403, whoever sent it. */
export function readRefusal(body: unknown): VisibilityRefusalDetails | null {
  if (!isRecord(body) || !isRecord(body.error)) return null;
  return isRefusalDetails(body.error.details) ? body.error.details : null;
}
