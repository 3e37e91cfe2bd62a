declare module 'plotly.js-basic-dist-min';
declare module '*.css';
