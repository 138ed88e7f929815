import type { Plan } from '../../src/core/plan.ts';
import { planJson } from '../../src/render/json.ts';

/** A plan as it is saved, in one text. */
export const renderJson = (plan: Plan): string => [...planJson(plan)].join('');
