import { render } from 'preact';
import type { PageData } from '../data.ts';
import { App } from './app.tsx';

const data = document.querySelector('#data')?.textContent;
const root = document.querySelector('#page');
if (root && data !== undefined && data !== null) render(<App data={JSON.parse(data) as PageData} />, root);
