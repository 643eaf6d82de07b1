{{/* What every pod of the run carries, and what policies find them by. */}}
{{- define "lockstep.selector" -}}
app.kubernetes.io/name: lockstep
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "lockstep.labels" -}}
{{ include "lockstep.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "lockstep.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/*
MiB of an executor's /dev/shm. With w workers in p pods and P parameters, as SharedMemoryPlan has it for the shortest
links, of which two times as much makes room for longer ones: 2 (0.15 (2w)^2 + 13 (p + 1)) + 4 P (1 + w / p) bytes.
*/}}
{{- define "lockstep.sharedMemory" -}}
{{- $members := mul 2 .Values.executors.count .Values.executors.cores -}}
{{- $links := add (div (mul 15 $members $members) 100) (mul 13 (add .Values.executors.count 1)) 1 -}}
{{- $values := add (div (mul 4 (int64 .Values.job.parameters) (add 1 .Values.executors.cores)) 1048576) 1 -}}
{{- default (add (mul 2 $links) $values) (int64 .Values.executors.sharedMemory) -}}
{{- end }}

{{- define "lockstep.claim" -}}
{{ .Values.output.claim | default (printf "%s-output" .Release.Name) }}
{{- end }}

{{/* Of a pod: nobody's user, who may write to the run's own volumes alone. */}}
{{- define "lockstep.podSecurity" -}}
runAsNonRoot: true
runAsUser: 185
runAsGroup: 185
fsGroup: 185
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "lockstep.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* What a pod may write to: libraries are unpacked in the home. */}}
{{- define "lockstep.mounts" -}}
- name: tmp
  mountPath: /tmp
- name: home
  mountPath: /home/lockstep
{{- if .Values.output.enabled }}
- name: output
  mountPath: /output
{{- end }}
{{- end }}

{{- define "lockstep.volumes" -}}
- name: tmp
  emptyDir: {}
- name: home
  emptyDir:
    sizeLimit: 3Gi
{{- if .Values.output.enabled }}
- name: output
  persistentVolumeClaim:
    claimName: {{ include "lockstep.claim" . }}
{{- end }}
{{- end }}

{{/* YuniKorn reserves what the driver's pod says that the run will need. */}}
{{- define "lockstep.taskGroups" -}}
{{- $memory := add .Values.executors.heap .Values.executors.native (include "lockstep.sharedMemory" . | int64) -}}
{{- $own := add .Values.driver.heap .Values.driver.native -}}
{{- list
  (dict "name" "driver" "minMember" 1 "minResource"
    (dict "cpu" (toString .Values.driver.cores) "memory" (printf "%dMi" $own)))
  (dict "name" "executor" "minMember" .Values.executors.count "minResource"
    (dict "cpu" (toString .Values.executors.cores) "memory" (printf "%dMi" $memory)))
  | toJson -}}
{{- end }}
