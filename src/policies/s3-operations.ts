/**
 * Operations of the S3 API that have no action of their own, and the actions that they take. From "Required permissions for
 * Amazon S3 API operations" in the S3 user guide.
 */
export const s3Operations: Readonly<Record<string, readonly string[]>> = {
  completemultipartupload: ['PutObject'],
  copyobject: ['GetObject', 'PutObject'],
  createmultipartupload: ['PutObject'],
  deleteobjects: ['DeleteObject'],
  headbucket: ['ListBucket'],
  headobject: ['GetObject'],
  listbuckets: ['ListAllMyBuckets'],
  listmultipartuploads: ['ListBucketMultipartUploads'],
  listobjects: ['ListBucket'],
  listobjectsv2: ['ListBucket'],
  listobjectversions: ['ListBucketVersions'],
  listparts: ['ListMultipartUploadParts'],
  selectobjectcontent: ['GetObject'],
  uploadpart: ['PutObject'],
  uploadpartcopy: ['GetObject', 'PutObject'],
};
